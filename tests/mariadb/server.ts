// The MariaDB of the tests: finds or installs it, starts it on its own folder and port, and removes it afterwards.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'

const servers = ['/usr/sbin/mariadbd', '/usr/libexec/mariadbd', '/usr/local/bin/mariadbd', '/opt/homebrew/bin/mariadbd']
const installers = [
  '/usr/bin/mariadb-install-db',
  '/usr/local/bin/mariadb-install-db',
  '/opt/homebrew/bin/mariadb-install-db',
]
const patience = 60_000

/** A running server, reachable by `socket` and by `port`. */
export interface MariadbServer {
  readonly pid: number
  readonly port: number
  readonly socket: string
}

const asRoot = process.getuid?.() === 0
const succeeds = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0

function find() {
  const [server, installer] = [servers, installers].map((places) => places.find((path) => existsSync(path)))
  return server !== undefined && installer !== undefined ? { server, installer } : undefined
}

/** Finds MariaDB, or installs Debian's package if permitted. */
function findOrInstall() {
  const there = find()
  if (there !== undefined || !asRoot || !existsSync('/usr/bin/apt-get')) return there
  process.stderr.write('Installing MariaDB for the tests …\n')
  const installed = succeeds('apt-get', 'update', '-q') && succeeds('apt-get', 'install', '-yq', 'mariadb-server')
  return installed ? find() : undefined
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

async function answers({ socket }: MariadbServer): Promise<boolean> {
  try {
    await (await createConnection({ socketPath: socket, user: 'root' })).end()
    return true
  } catch {
    return false
  }
}

/** Starts a server in an existing folder; undefined if MariaDB is missing and cannot be installed. */
export async function startServer(folder: string): Promise<MariadbServer | undefined> {
  const found = findOrInstall()
  if (found === undefined) return undefined
  const data = join(folder, 'data')
  const user = asRoot ? ['--user=root'] : []
  const installed = spawnSync(
    found.installer,
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...user],
    { encoding: 'utf8' },
  )
  if (installed.status !== 0) throw new Error(`MariaDB created no database: ${installed.stderr}`)
  mkdirSync(join(folder, 'tmp'), { recursive: true })
  const [socket, port, log] = [join(folder, 'socket'), await freePort(), join(folder, 'log')]
  const settings = {
    datadir: data,
    tmpdir: join(folder, 'tmp'),
    socket,
    port: String(port),
    'bind-address': '127.0.0.1',
    'pid-file': join(folder, 'pid'),
    'innodb-flush-log-at-trx-commit': '2',
    'innodb-buffer-pool-size': '512M',
    'max-connections': '500',
  }
  const output = openSync(log, 'a')
  const options = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
  // Detached, so that other processes can use it after this process has ended.
  const child = spawn(found.server, ['--no-defaults', '--skip-networking=0', ...user, ...options], {
    detached: true,
    stdio: ['ignore', output, output],
  })
  child.unref()
  const server = { pid: child.pid ?? 0, port, socket }
  for (const until = Date.now() + patience; !(await answers(server)); await sleep(50))
    if (child.exitCode !== null || Date.now() > until)
      throw new Error(`MariaDB did not start: ${readFileSync(log, 'utf8').slice(-2000)}`)
  return server
}

/** Whether a process exists. */
export const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Kills a server and waits until it has ended; nobody needs its data afterwards. */
export async function stopServer({ pid }: Pick<MariadbServer, 'pid'>): Promise<void> {
  if (alive(pid)) process.kill(pid, 'SIGKILL')
  while (alive(pid)) await sleep(20)
}
