// Proof of work for public forms: begins when somebody starts to fill one in, and is ready when it is sent.
// Where the browser cannot do it, the form goes without, under tighter limits.

const FRESH = 50 * 60 * 1000

const bytes = hex => Uint8Array.from(hex.match(/../g) ?? [], pair => parseInt(pair, 16))
const hex = buffer => Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, "0")).join("")

async function derive({ nonce, salt, cost, keyLength }, counter) {
  const password = new Uint8Array(nonce.length / 2 + 4)
  password.set(bytes(nonce))
  new DataView(password.buffer).setUint32(nonce.length / 2, counter)
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"])
  const settings = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost }
  return hex(await crypto.subtle.deriveBits(settings, key, keyLength * 8))
}

async function prove(address) {
  const challenge = await (await fetch(address, { credentials: "omit" })).json()
  for (let counter = 0; ; counter++) {
    const derivedKey = await derive(challenge.parameters, counter)
    if (derivedKey.startsWith(challenge.parameters.keyPrefix))
      return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }))
  }
}

function guard(field) {
  const form = field.form
  let work, since, sending = false

  const begin = () => {
    if (work && Date.now() - since < FRESH) return work
    since = Date.now()
    return (work = prove(field.dataset.proof).catch(() => ""))
  }

  form.addEventListener("focusin", begin)
  form.addEventListener("submit", async event => {
    if (field.value) return
    event.preventDefault()
    if (sending) return
    sending = true
    form.setAttribute("aria-busy", "true")
    field.value = (await begin()) || "-"
    // A proof that was ready comes before this event has ended, and a form being submitted ignores a second time.
    await new Promise(ended => setTimeout(ended))
    form.requestSubmit(event.submitter)
  })
  // Coming back to the page by the browser's button: the proof was spent, the next sending needs its own.
  addEventListener("pageshow", () => {
    work = undefined
    sending = false
    field.value = ""
    form.removeAttribute("aria-busy")
  })
}

if (globalThis.crypto?.subtle) document.querySelectorAll("input[data-proof]").forEach(guard)
