// Every event that core logs has a label on the audit log screen.
/// <reference types="node" />

import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { auditLog } from '../src/messages/audit-log'

const folder = 'packages/core/src'
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('testing/'),
)
const logged = new Set(
  files
    .flatMap((file) => [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/(?:event: |log\()'([a-z-]+)'/g)])
    .map(([, name = '']) => name),
)

it('core logs more than twenty kinds of events', () => expect(logged.size).toBeGreaterThan(20))

it.each([...logged])('%s', (event) => {
  expect(Object.keys(auditLog.events)).toContain(event)
})

it('a label is in sentence case', () => {
  for (const label of Object.values(auditLog.events)) expect(label).toMatch(/^[A-Z]/)
})
