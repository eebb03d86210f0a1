// Makes pkarr.json: packets of a second implementation, Node's crypto and the lines below, to compare ours with.
// node tests/vectors/pkarr.mjs > tests/vectors/pkarr.json

import { createPrivateKey, createPublicKey, sign } from 'node:crypto'

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')
const Z_BASE_32 = 'ybndrfg8ejkmcpqxot1uwisza345h769'

const zBase32 = bytes => {
  let bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('')
  bits = bits.padEnd(Math.ceil(bits.length / 5) * 5, '0')
  return bits.match(/.{5}/g).map(group => Z_BASE_32[parseInt(group, 2)]).join('')
}

const u16 = value => Buffer.from([value >> 8, value & 255])
const name = labels => Buffer.concat([...labels.map(label => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0])])

/** A response with TXT records at one name, each after the first with a pointer to it. */
function message(labels, texts) {
  const records = texts.map((text, index) => Buffer.concat([
    index === 0 ? name(labels) : u16(0xC00C), u16(16), u16(1), u16(0), u16(30), u16(text.length + 1), Buffer.from([text.length]), Buffer.from(text),
  ]))
  return Buffer.concat([u16(0), u16(0x8000), u16(0), u16(texts.length), u16(0), u16(0), ...records])
}

function packet(seed, timestamp, texts) {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' })
  const id = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
  const dns = message(['_iroh', zBase32(id)], texts)
  const signature = sign(null, Buffer.concat([Buffer.from(`3:seqi${timestamp}e1:v${dns.length}:`), dns]), key)
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(timestamp)
  return { seed: seed.toString('hex'), id: id.toString('hex'), zBase32: zBase32(id), timestamp: `${timestamp}`, texts, payload: Buffer.concat([signature, time, dns]).toString('hex') }
}

const seed = number => Buffer.alloc(32, number)
console.log(JSON.stringify([
  packet(seed(1), 1_700_000_000_000_000n, ['relay=https://relay.example/']),
  packet(seed(2), 1_700_000_000_000_001n, ['relay=https://relay.example/', 'addr=192.0.2.1:4433', 'addr=[2001:db8::1]:4433']),
  packet(seed(3), 1n, []),
  packet(seed(4), 18_446_744_073_709_551_615n, ['relay=https://relay.example/']),
], null, 2))
