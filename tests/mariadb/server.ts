// A MariaDB of the tests' own: found or installed, started on a folder and a port of its own, and gone afterwards.

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

/** A running server; `socket` and `port` lead to the same one. */
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

/** Finds MariaDB, or installs Debian's where we may. */
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

/** Starts a server in a folder that is there; undefined where MariaDB is not and cannot be installed. */
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
  if (installed.status !== 0) throw new Error(`MariaDB made no database: ${installed.stderr}`)
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
  // Detached: whoever needs it next finds it, also when this process has ended.
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

/** Says whether a process is there. */
export const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Stops a server and waits until it is gone; its data is not worth a clean end. */
export async function stopServer({ pid }: Pick<MariadbServer, 'pid'>): Promise<void> {
  if (alive(pid)) process.kill(pid, 'SIGKILL')
  while (alive(pid)) await sleep(20)
}
