// Our relay, and a tap on the line to it: everything that the relay says to its clients is written to a file. That way frames
// are not masked, and every packet that is passed on takes it.

import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { connect, createServer } from 'node:net'
import { answerLines } from './answer-lines.mjs'

await answerLines({
  /** Starts the relay and the tap before it; gives the tap's port. */
  async start({ server, file }) {
    const relay = spawn('dotnet', [server, '--listen', '127.0.0.1:3340'], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise(resolve => relay.stdout.on('data', data => String(data).includes('Relaying on') && resolve()))
    process.on('exit', () => relay.kill('SIGKILL'))
    const record = createWriteStream(file)
    const tap = createServer(client => {
      const line = connect(3340, '127.0.0.1')
      client.pipe(line).on('error', () => client.destroy())
      line.on('data', data => record.write(data))
      line.pipe(client).on('error', () => line.destroy())
    })
    await new Promise(resolve => tap.listen(0, '127.0.0.1', resolve))
    return { port: tap.address().port }
  },
})
