// A real iroh 1.1 endpoint that is given nothing but an id and finds the way by DNS. The only preset with discovery asks the system's
// servers about dns.iroh.link: run it where the system's server is one of ours, in a namespace that has nothing but loopback.

import { createRequire } from 'node:module'
import { answerLines } from './answer-lines.mjs'

const { Endpoint, EndpointAddr, EndpointId, presetN0DisableRelay } = createRequire(process.env.PEERS + '/')('iroh11')

await answerLines({
  async connect({ id, alpn }) {
    const builder = Endpoint.builder()
    presetN0DisableRelay(builder)
    builder.bindAddr('127.0.0.1:0')
    const endpoint = await builder.bind()
    const connection = await endpoint.connect(new EndpointAddr(EndpointId.fromBytes([...Buffer.from(id, 'hex')])), [...Buffer.from(alpn)])
    return { remote: Buffer.from(connection.remoteId().toBytes()).toString('hex') }
  },
})
