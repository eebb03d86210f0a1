// Keys and signatures of a real iroh 1.1.

import { createRequire } from 'node:module'
import { answerLines } from './answer-lines.mjs'

const { EndpointId, SecretKey, Signature } = createRequire(process.env.PEERS + '/')('iroh11')
const bytes = hex => [...Buffer.from(hex, 'hex')]
const hex = values => Buffer.from(values).toString('hex')

await answerLines({
  identify({ secret }) {
    const id = SecretKey.fromBytes(bytes(secret)).public()
    return { id: hex(id.toBytes()), text: id.toString() }
  },
  sign({ secret, message }) {
    return { signature: hex(SecretKey.fromBytes(bytes(secret)).sign(bytes(message)).toBytes()) }
  },
  verify({ id, message, signature }) {
    EndpointId.fromBytes(bytes(id)).verify(bytes(message), Signature.fromBytes(bytes(signature)))
  },
})
