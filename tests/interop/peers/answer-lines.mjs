// The conversation with a test: one JSON request a line on stdin, one JSON answer a line on stdout. Ends when stdin does,
// so that a peer never outlives the test that started it.

import { createInterface } from 'node:readline'

/** `operations`: a function for each value of a request's `op`; it gets the request and returns the answer. */
export async function answerLines(operations) {
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line)
    process.stdout.write(JSON.stringify(await answer(operations, request)) + '\n')
  }
  process.exit(0)
}

async function answer(operations, request) {
  try {
    return { ok: true, ...await operations[request.op](request) }
  } catch (fault) {
    return { ok: false, reason: String(fault.message ?? fault).split('\n')[0] }
  }
}
