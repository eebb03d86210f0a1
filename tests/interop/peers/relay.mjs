// Real iroh 1.1 endpoints and our relay between them: relay.mjs SERVER.dll SCENARIO. Prints what it saw, and ends with 0 when
// it was what should be. Run in a namespace of its own, in which it forbids all UDP but where a direct path is the point.

import { execFileSync, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { request } from 'node:http'

const { Endpoint, EndpointAddr, RelayMap, RelayMode, SecretKey, presetMinimal } = createRequire(process.env.PEERS + '/')('iroh11')
const [server, scenario] = process.argv.slice(2)
const url = 'http://127.0.0.1:3340'
const metricsAddress = '127.0.0.1:3341'
const alpn = [...Buffer.from('relay-test/1')]
const size = 16 * 1024 * 1024
const piece = 251 * 1024

let relay
const endpoints = [] // an endpoint that nothing refers to is closed by the garbage collector
const token = 'a-token-of-thirty-two-characters'

/** Starts the relay and waits until it answers. */
async function startRelay(...settings) {
  relay = spawn('dotnet', [server, '--listen', '127.0.0.1:3340', '--MetricsListen', metricsAddress, ...settings], { stdio: ['ignore', 'inherit', 'inherit'] })
  await until('the relay answers', async () => (await get('http://127.0.0.1:3340/healthz')).includes('ok'))
}

async function stopRelay(signal) {
  const ended = new Promise(resolve => relay.once('exit', resolve))
  relay.kill(signal)
  await ended
}

const get = address => new Promise((resolve, reject) => {
  const asked = request(address, answer => {
    let text = ''
    answer.on('data', data => { text += data })
    answer.on('end', () => resolve(text))
  })
  asked.on('error', reject)
  asked.end()
})

async function metric(name) {
  const text = await get(`http://${metricsAddress}/metrics`)
  return Number(new RegExp(`^altsendme_relay_${name} (\\d+)$`, 'm').exec(text)?.[1])
}

/** Asks again and again until the answer is yes; gives up after 30 s. */
async function until(what, condition) {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if (await Promise.resolve().then(condition).catch(() => false)) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`waited in vain until ${what}`)
}

async function endpoint({ authToken, key = SecretKey.generate().toBytes() } = {}) {
  const builder = Endpoint.builder()
  presetMinimal(builder)
  const map = RelayMap.empty()
  map.insert(authToken ? { url, authToken } : { url })
  builder.relayMode(RelayMode.custom(map))
  builder.secretKey(key)
  builder.alpns([alpn])
  builder.bindAddr('127.0.0.1:0')
  const bound = await builder.bind()
  endpoints.push(bound)
  return bound
}

const pattern = Array.from({ length: piece }, (_, i) => i % 251)

async function write(stream, between = async () => {}) {
  for (let sent = 0; sent < size; sent += piece) {
    await stream.writeAll(pattern.slice(0, Math.min(piece, size - sent)))
    await between(sent)
  }
  await stream.finish()
}

async function read(stream) {
  let length = 0
  for (;;) {
    const part = await stream.read(1 << 16)
    if (!part || part.length === 0) break
    for (const value of part) if (value !== length++ % 251) throw new Error(`wrong byte at ${length - 1}`)
  }
  if (length !== size) throw new Error(`${length} bytes arrived of ${size}`)
}

/** 16 MiB each way over one stream. */
async function exchange(dialler, listener, between, addresses = []) {
  const accepting = (async () => {
    const connection = await (await (await listener.acceptNext()).accept()).connect()
    const stream = await connection.acceptBi()
    await Promise.all([read(stream.recv), write(stream.send)])
    return connection
  })()
  const connection = await dialler.connect(new EndpointAddr(listener.id(), url, addresses), alpn)
  const stream = await connection.openBi()
  await Promise.all([write(stream.send, between), read(stream.recv)])
  await Promise.race([accepting, connection.closed()])
}

async function isOnline(options) {
  const one = await endpoint(options)
  await one.online()
  return one
}

async function isDenied(options) {
  const before = await metric('access_denied_total')
  await endpoint(options)
  await until('the relay has turned the endpoint away', async () => await metric('access_denied_total') > before)
  if (await metric('clients') !== 0) throw new Error('it is connected all the same')
}

const addressOf = endpoint => endpoint.boundSockets().find(socket => socket.startsWith('127.0.0.1:'))

const scenarios = {
  async killed() {
    await startRelay()
    const listener = await isOnline()
    let carried = -1
    let killing
    await exchange(await isOnline(), listener, async sent => {
      if (killing || sent < size / 4) return

      // The relay carries nothing of a piece that was written: the direct path does.
      const carries = await metric('bytes_received_total')
      if (carries === carried) killing = stopRelay('SIGKILL')
      carried = carries
    }, [addressOf(listener)])
    if (!killing) throw new Error('the relay carried bytes all the time')
    await killing
  },
  async exchange() {
    await startRelay()
    await exchange(await isOnline(), await isOnline())
    const bytes = await metric('bytes_received_total')
    if (!(bytes > 2 * size)) throw new Error(`only ${bytes} bytes went through the relay`)
    console.log(`${bytes} bytes through the relay for ${2 * size} of content, ${await metric('packets_dropped_total')} packets dropped`)
  },
  async restart() {
    await startRelay('--Restart:Spread', '00:00:00')
    let restarting
    await exchange(await isOnline(), await isOnline(), async sent => {
      if (sent < size / 4 || restarting) return
      restarting = stopRelay('SIGTERM').then(() => startRelay())
    })
    await restarting
  },
  async token() {
    await startRelay('--Access:Mode', 'Tokens', '--Access:Tokens:0', token)
    await isDenied({ authToken: 'some-other-token-of-32-characters' })
    await isDenied({})
    await isOnline({ authToken: token })
  },
  async lists() {
    const [good, bad] = [SecretKey.generate(), SecretKey.generate()]
    const id = key => Buffer.from(key.public().toBytes()).toString('hex')
    await startRelay('--Access:Mode', 'AllowList', '--Access:Endpoints:0', id(good))
    await isDenied({ key: bad.toBytes() })
    await (await isOnline({ key: good.toBytes() })).close()
    await stopRelay('SIGTERM')
    await startRelay('--Access:Mode', 'DenyList', '--Access:Endpoints:0', id(bad))
    await isDenied({ key: bad.toBytes() })
    await isOnline({ key: good.toBytes() })
  },
  async twice() {
    await startRelay()
    const key = SecretKey.generate().toBytes()
    await isOnline({ key })
    const young = await isOnline({ key })
    await until('the relay has both', async () => await metric('clients_replaced_total') >= 1)
    await exchange(await isOnline(), young)
  },
}

try {
  // Before the rule that finds local addresses comes one that forbids UDP: no direct path can come about.
  if (scenario !== 'killed') for (const family of ['-4', '-6']) execFileSync('sh', ['-c', `ip ${family} rule add pref 1 lookup local && ip ${family} rule add pref 0 ipproto udp prohibit && ip ${family} rule del pref 0 lookup local`])
  await scenarios[scenario]()
  console.log('ok')
  relay.kill('SIGKILL')
  process.exit(0)
} catch (fault) {
  console.log(fault.stack ?? String(fault))
  relay?.kill('SIGKILL')
  process.exit(1)
}
