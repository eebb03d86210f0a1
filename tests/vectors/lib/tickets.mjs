// Tickets as the real encoder writes them, and texts with what the real decoder makes of them.

import { BlobTicket, hashHex } from './provider.mjs'

const nodeId = 'ae58ff8833241ac82d6ff7611046ed67b5072d142c588d0063e942d9a75502b6'
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

const fieldsOf = ({ nodeAddr, hash, format }) => ({
  nodeId: nodeAddr.nodeId, relayUrl: nodeAddr.relayUrl ?? null, addresses: nodeAddr.addresses ?? [], format, hash: hashHex(hash),
})

export function writtenTickets(hash) {
  const v4 = i => `192.0.2.${i + 1}:${1000 + i}`
  return [
    ['id only, raw', [], undefined, 'Raw'],
    ['id only, hash sequence', [], undefined, 'HashSeq'],
    ['relay only', [], 'https://use1-1.relay.n0.iroh.link./', 'HashSeq'],
    ['relay without a path', [], 'https://relay.example.com', 'HashSeq'],
    ['relay with port and path', [], 'http://127.0.0.1:3340/some/path', 'Raw'],
    ['IPv4 loopback', ['127.0.0.1:1'], undefined, 'HashSeq'],
    ['IPv6 loopback', ['[::1]:65535'], undefined, 'HashSeq'],
    ['IPv4-mapped IPv6', ['[::ffff:192.0.2.7]:4433'], undefined, 'Raw'],
    ['addresses are ordered', ['[2001:db8::1]:1', '198.51.100.9:2', '192.0.2.1:3', '192.0.2.1:2'], undefined, 'Raw'],
    ['twenty addresses and a relay', Array.from({ length: 20 }, (_, i) => v4(i)), 'https://relay.example.com/', 'HashSeq'],
  ].map(([what, addresses, relayUrl, format]) => {
    const ticket = new BlobTicket({ nodeId, addresses, relayUrl }, hash, format)
    return { what, ticket: ticket.toString(), ...fieldsOf(BlobTicket.fromString(ticket.toString())) }
  })
}

export function readTickets(hash) {
  const good = new BlobTicket({ nodeId, addresses: ['192.0.2.1:4433'] }, hash, 'HashSeq').toString()
  const bytes = decode(good.slice(4))
  const formatAt = bytes.length - 33
  const changed = (at, ...values) => text([...bytes.slice(0, at), ...values, ...bytes.slice(at + values.length)])
  return [
    ['as written', good],
    ['upper case', good.toUpperCase()],
    ['upper case after the prefix', 'blob' + good.slice(4).toUpperCase()],
    ['prefix of another kind', 'node' + good.slice(4)],
    ['no prefix', good.slice(4)],
    ['prefix only', 'blob'],
    ['empty', ''],
    ['a space before it', ' ' + good],
    ['a line end after it', good + '\n'],
    ['padded with =', good + '======'],
    ['a character outside the alphabet', good.slice(0, 20) + '1' + good.slice(21)],
    ['last character missing', good.slice(0, -1)],
    ['last byte missing', text(bytes.slice(0, -1))],
    ['half of it', text(bytes.slice(0, bytes.length >> 1))],
    ['one byte after it', text([...bytes, 0])],
    ['200 bytes after it', text([...bytes, ...Array(200).fill(7)])],
    ['variant 1', changed(0, 1)],
    ['variant 0 in two bytes', text([0x80, 0, ...bytes.slice(1)])],
    ['an id that is no curve point', changed(1, ...Array(32).fill(0x02))],
    ['relay tag 2', changed(33, 2)],
    ['255 addresses announced, one there', changed(34, 0xff, 1)],
    ['address family 2', changed(35, 2)],
    ['format 2', changed(formatAt, 2)],
    ['format raw', changed(formatAt, 0)],
    ['spare bits set in the last character', spareBits(new BlobTicket({ nodeId, addresses: [] }, hash, 'Raw').toString())],
  ].map(([what, input]) => ({ what, text: input, ...outcome(input) }))
}

function outcome(input) {
  try {
    return { accepted: true, ...fieldsOf(BlobTicket.fromString(input)) }
  } catch (fault) {
    return { accepted: false, reason: String(fault.message ?? fault).split('\n')[0] }
  }
}

function spareBits(ticket) {
  const last = alphabet.indexOf(ticket.at(-1))
  return ticket.slice(0, -1) + alphabet[last ^ 1]
}

const text = bytes => 'blob' + encode(bytes)

function encode(bytes) {
  let bits = bytes.map(byte => byte.toString(2).padStart(8, '0')).join('')
  bits = bits.padEnd(Math.ceil(bits.length / 5) * 5, '0')
  return bits.match(/.{5}/g).map(five => alphabet[parseInt(five, 2)]).join('')
}

function decode(characters) {
  const bits = [...characters].map(character => alphabet.indexOf(character).toString(2).padStart(5, '0')).join('')
  return bits.match(/.{8}/g).map(eight => parseInt(eight, 2))
}
