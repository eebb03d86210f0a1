// The ticket codec of a real iroh 0.35.

import { createRequire } from 'node:module'
import { answerLines } from './answer-lines.mjs'

const { BlobTicket, Hash } = createRequire(process.env.PEERS + '/')('iroh035')

await answerLines({
  read({ ticket }) {
    const { nodeAddr, hash, format } = BlobTicket.fromString(ticket)
    return {
      nodeId: nodeAddr.nodeId,
      relayUrl: nodeAddr.relayUrl ?? null,
      addresses: nodeAddr.addresses ?? [],
      format,
      hash: Buffer.from(Hash.fromString(hash).toBytes()).toString('hex'),
    }
  },
  write({ nodeId, relayUrl, addresses, format, hash }) {
    return { ticket: new BlobTicket({ nodeId, relayUrl: relayUrl ?? undefined, addresses }, hash, format).toString() }
  },
})
