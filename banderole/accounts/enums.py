EDITORS = "editors"  # the Django group whose accounts may enter Wagtail's admin
