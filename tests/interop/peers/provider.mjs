// A real iroh 0.35 provider whose answers a test compares with ours.

import { answerLines } from './answer-lines.mjs'
import { startProvider } from '../../vectors/lib/provider.mjs'

const { addFile, addCollection, ask } = await startProvider()

await answerLines({
  async addFile({ path }) {
    return { hash: await addFile(path) }
  },
  async addCollection({ files }) {
    return { hash: await addCollection(files) }
  },
  ask: ({ request }) => ask(Buffer.from(request, 'hex')),
})
