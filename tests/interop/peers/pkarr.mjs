// A pkarr server as another implementation has it: packets over HTTP, their signatures verified by Node's crypto, and what they
// say by DNS under a domain of its own.

import { createPublicKey, verify } from 'node:crypto'
import { createServer } from 'node:http'
import { createSocket } from 'node:dgram'
import { setTimeout as pause } from 'node:timers/promises'
import { answerLines } from './answer-lines.mjs'

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex')
const Z_BASE_32 = 'ybndrfg8ejkmcpqxot1uwisza345h769'
const HEADER = 72
const TXT = 16

const packets = new Map()
let delay = 0
let origin = 'dns.test'

function keyOf(id) {
  const bits = [...id].map(symbol => Z_BASE_32.indexOf(symbol).toString(2).padStart(5, '0')).join('')
  const bytes = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)))
  return createPublicKey({ key: Buffer.concat([SPKI_ED25519, bytes]), format: 'der', type: 'spki' })
}

const isSigned = (id, payload) => verify(null, Buffer.concat([Buffer.from(`3:seqi${payload.readBigUInt64BE(64)}e1:v${payload.length - HEADER}:`), payload.subarray(HEADER)]), keyOf(id), payload.subarray(0, 64))

/** Where a name ends in a message, and its labels if it is not compressed. */
function name(message, at) {
  const labels = []
  while (message[at] !== 0) {
    if (message[at] >= 0xC0) return { labels, end: at + 2 }
    labels.push(message.toString('latin1', at + 1, at + 1 + message[at]))
    at += 1 + message[at]
  }
  return { labels, end: at + 1 }
}

/** The data of every TXT record among a message's answers. */
function texts(message) {
  const data = []
  let at = 12
  for (let count = message.readUInt16BE(6); count > 0; count--) {
    const { end } = name(message, at)
    const length = message.readUInt16BE(end + 8)
    if (message.readUInt16BE(end) === TXT) data.push(message.subarray(end + 10, end + 10 + length))
    at = end + 10 + length
  }
  return data
}

/** The answer to a question about `_iroh.ID.dns.test`. */
function answer(question) {
  const { labels, end } = name(question, 12)
  const packet = labels[0] === '_iroh' && labels.slice(2).join('.') === origin ? packets.get(labels[1]) : undefined
  const data = packet ? texts(packet.subarray(HEADER)) : []
  const head = Buffer.from(question.subarray(0, 12))
  head.writeUInt16BE(packet ? 0x8580 : 0x8583, 2)
  head.writeUInt16BE(data.length, 6)
  head.fill(0, 8)
  const records = data.map(text => Buffer.concat([Buffer.from([0xC0, 12, 0, TXT, 0, 1, 0, 0, 0, 30, text.length >> 8, text.length & 255]), text]))
  return Buffer.concat([head, question.subarray(12, end + 4), ...records])
}

const http = createServer(async (request, response) => {
  const id = request.url.split('/').at(-1)
  const parts = []
  for await (const part of request) parts.push(part)
  const payload = Buffer.concat(parts)
  await pause(delay)
  if (request.method === 'GET') {
    const packet = packets.get(id)
    return response.writeHead(packet ? 200 : 404).end(packet)
  }
  const before = packets.get(id)
  if (request.method !== 'PUT' || payload.length < HEADER || payload.length > HEADER + 1000 || !isSigned(id, payload)) return response.writeHead(400).end()
  if (before && before.readBigUInt64BE(64) >= payload.readBigUInt64BE(64)) return response.writeHead(409).end()
  packets.set(id, payload)
  response.writeHead(204).end()
})

const dns = createSocket('udp4', (question, from) => dns.send(answer(question), from.port, from.address))

await answerLines({
  async start({ answersAfter, domain, dnsPort }) {
    delay = answersAfter ?? 0
    origin = domain ?? origin
    await new Promise(resolve => http.listen(0, '127.0.0.1', resolve))
    await new Promise(resolve => dns.bind(dnsPort ?? 0, '127.0.0.1', resolve))
    return { http: http.address().port, dns: dns.address().port }
  },
  /** Everything that is kept: id, what the records say, the payload. */
  async packets() {
    return { packets: [...packets].map(([id, payload]) => ({ id, texts: texts(payload.subarray(HEADER)).map(text => text.toString('latin1', 1)), payload: payload.toString('hex') })) }
  },
  /** Keeps what nobody verified. */
  async force({ id, payload }) {
    packets.set(id, Buffer.from(payload, 'hex'))
    return {}
  },
})
