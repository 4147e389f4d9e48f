// An auditor uses the command line: checkpoints stored elsewhere, an erased person, and exports that are safe to open.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { command, json } from './command.js'
import { openWorld, policy, type World } from './world.js'

let world: World
let folder: string
beforeAll(async () => {
  world = await openWorld()
  folder = mkdtempSync(join(tmpdir(), 'rollcall-audit-'))
  await world.app.sync('mia')
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

const singleFile = fileURLToPath(new URL('../../docs/verify-audit-log.mjs', import.meta.url))
const audited = (words: readonly string[]) => {
  const { status, stdout } = spawnSync(process.execPath, [singleFile, ...words], { encoding: 'utf8' })
  return { status, stdout }
}
const written = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

it('checkpoint prints a line and appends it to the file in ROLLCALL_CHECKPOINT_FILE', async () => {
  const file = join(folder, 'kept.jsonl')
  const env = { ROLLCALL_CHECKPOINT_FILE: file }
  const { stdout, code } = await command(world, ['audit', 'checkpoint'], { env })
  expect([code, readFileSync(file, 'utf8')]).toEqual([0, stdout])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await json(world, ['audit', 'checkpoints'])).toEqual([JSON.parse(stdout)])
  expect((await command(world, ['audit', 'checkpoints'])).stdout).toBe(stdout)
})

it('both verifiers detect a cut export by a checkpoint that was stored elsewhere, and name the entry', async () => {
  const kept = join(folder, 'kept.jsonl')
  const { index } = JSON.parse(readFileSync(kept, 'utf8')) as { index: number }
  const { stdout } = await command(world, ['audit', 'export'])
  const cut = written(
    'cut.jsonl',
    `${stdout
      .split('\n')
      .slice(0, index - 1)
      .join('\n')}\n`,
  )
  expect(audited([cut]).status).toBe(0)
  expect(audited([cut, '--checkpoints', kept])).toEqual({
    status: 1,
    stdout: expect.stringContaining(`WRONG at entry ${index}:`),
  })
  expect(audited([written('whole.jsonl', stdout), '--checkpoints', kept]).status).toBe(0)
  const whole = join(folder, 'whole.jsonl')
  expect((await command(world, ['audit', 'verify', whole, '--checkpoints', kept])).code).toBe(0)
  const verified = await command(world, ['audit', 'verify', cut, '--checkpoints', kept])
  expect([verified.code, verified.stderr]).toEqual([1, expect.stringContaining(`ends at entry ${index - 1}`)])
})

it('forget erases a person from every export format, and the log still verifies', async () => {
  const { plan } = await world.app.planFile(policy({ limits: { take: 1 } }), 'mia')
  const approved = await world.app.approve({ planId: plan.planId, fingerprint: plan.fingerprint }, 'mia')
  if ('refusals' in approved) throw new Error('refused')
  await world.app.work(approved.run.runId, { until: Number.MAX_SAFE_INTEGER })
  const account = plan.actions[0]?.accountId ?? ''
  const email = world.truth(account)?.email ?? ''
  expect((await command(world, ['audit', 'export'])).stdout).toContain(email)
  await world.app.protect({ subject: `email:${email}`, reason: 'leave' }, 'mia')
  expect(await json(world, ['forget', account])).toMatchObject({ account, protections: [`email:${email}`] })
  for (const format of ['jsonl', 'csv', 'ocsf'])
    expect((await command(world, ['audit', 'export', '--format', format])).stdout).not.toContain(email)
  expect(await json(world, ['audit', 'verify'])).toMatchObject({ ok: true })
  expect((await command(world, ['forget', 'nobody at all'])).code).toBe(2)
  expect((await command(world, ['protect', 'remove', `email:${email}`])).code).toBe(0)
  const output = (await command(world, ['forget', account, '--email', email])).stdout
  expect(output).toBe(`Erased the name and email address of ${account}, also from 1 audit entries.\n`)
  expect((await command(world, ['audit', 'export'])).stdout).not.toContain(email)
})

it('retention shows and sets the days, and refuses less than a year', async () => {
  expect(await json(world, ['audit', 'retention'])).toEqual({ days: 400 })
  expect(await json(world, ['audit', 'retention', '730'])).toEqual({ days: 730 })
  const short = await command(world, ['audit', 'retention', '30'])
  expect([short.code, short.stderr]).toEqual([2, expect.stringContaining('at least 365')])
  expect(await json(world, ['audit', 'retention'])).toEqual({ days: 730 })
  const { openDatabase } = await import('@rollcall/server/connect')
  const database = await openDatabase(world.settings.database)
  await database.store.putSetting('auditRetention', '3650 days')
  await database.close()
  const unreadable = await command(world, ['audit', 'retention'])
  expect([unreadable.code, unreadable.stderr]).toEqual([2, expect.stringContaining('Set it again')])
  expect(await json(world, ['audit', 'retention', '3650'])).toEqual({ days: 3650 })
})

it('no CSV cell starts like a formula', async () => {
  for (const [n, start] of ['=', '+', '-', '@'].entries())
    await world.app.protect(
      {
        subject: `email:*@evil-${n}.example`,
        reason: `${start}HYPERLINK("http://evil.example")`,
        evenIfEmpty: true,
      },
      'mia',
    )
  const { stdout } = await command(world, ['audit', 'export', '--format', 'csv'])
  expect(stdout.split('HYPERLINK').length).toBeGreaterThan(4)
  expect(stdout).not.toMatch(/(^|,|\r\n)("[=+\-@\t\r]|[=+\-@\t])/)
})
