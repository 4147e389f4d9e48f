import { afterEach, expect, it } from 'vitest'
import { command } from './command.js'
import { by, openWorld, type World } from './world.js'

let world: World
afterEach(() => world.close())

it('a person who looks like a service account is planned once an admin confirms the person on the command line', async () => {
  world = await openWorld()
  await world.app.sync(by)
  const suspects = (await world.app.automaticProtections({ limit: 100 })).accounts.filter((one) => one.confirmable)
  const [suspect] = suspects
  if (suspect === undefined) throw new Error('nobody looks like a service account')
  const { accountId } = suspect
  expect(suspect.because).toContain('an admin can say so on the protected list')
  const said = await command(world, ['protect', 'person', accountId, '--reason', 'Ci works in Hanoi'])
  expect([said.code, said.stdout]).toEqual([0, expect.stringContaining('counts as a person')])
  const list = await command(world, ['protect', 'list'])
  expect(list.stdout).toMatch(new RegExp(`${accountId}.*Ci works in Hanoi`))
  const rest = (await world.app.automaticProtections({ limit: 100 })).accounts.map((one) => one.accountId)
  expect(rest).not.toContain(accountId)
  const back = await command(world, ['protect', 'person', accountId, '--remove'])
  expect([back.code, back.stdout]).toEqual([0, expect.stringContaining('is protected again')])
  const again = (await world.app.automaticProtections({ limit: 100 })).accounts.map((one) => one.accountId)
  expect(again).toContain(accountId)
})
