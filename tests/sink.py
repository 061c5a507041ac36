"""A relay for the kill test: it writes each acceptance to disk before it says yes, as a real one does.

Run as `python sink.py FILE`; prints its port. Uses nothing but the standard library, so that it starts at once.
"""

import asyncio
import os
import sys

DELAY = 0.002  # a relay that answers at once would leave no time to be killed in


async def serve(reader, writer, file):
    async def say(text):
        writer.write(text.encode() + b"\r\n")
        await writer.drain()

    await say("220 sink")
    recipient = ""
    while line := await reader.readline():
        command = line.decode("latin-1").strip()
        verb = command.upper()
        if verb.startswith("EHLO"):
            await say("250-sink\r\n250-PIPELINING\r\n250 8BITMIME")
        elif verb.startswith("RCPT"):
            recipient = command.partition("<")[2].partition(">")[0]
            await say("250 2.1.5 ok")
        elif verb == "DATA":
            await say("354 go")
            try:
                body = await reader.readuntil(b"\r\n.\r\n")
            except asyncio.IncompleteReadError:
                return  # hung up before the dot: nothing was accepted
            await asyncio.sleep(DELAY)
            assert f"To: {recipient}\r\n".encode() in body
            os.write(file, recipient.encode() + b"\n")
            os.fsync(file)
            await say("250 2.0.0 kept")
        elif verb == "QUIT":
            await say("221 bye")
            return
        else:
            await say("250 2.0.0 ok")


async def main(path):
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def connected(reader, writer):
        try:
            await serve(reader, writer, file)
        except OSError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
