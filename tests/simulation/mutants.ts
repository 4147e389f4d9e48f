// Mutants: bugs that the bundler plants into core's source for the simulation. Each breaks one promise. A quoted text that
// is not found exactly once fails the bundle, so no mutant becomes outdated without notice.

export interface Edit {
  readonly file: string
  readonly find: string
  readonly replace: string
}
export interface Mutant extends Edit {
  /** The guardrail, invariant or rule of execution that it breaks. */
  readonly breaks: string
  /** A second change, for bugs that a second protection would hide. */
  readonly also?: Edit
}

/** Guard's checks, a file per subject. */
const checks = {
  age: 'guard/checks/age.ts',
  amount: 'guard/checks/amount.ts',
  anomaly: 'guard/checks/anomaly.ts',
  changed: 'guard/checks/changed.ts',
  complete: 'guard/checks/complete.ts',
  database: 'guard/checks/database.ts',
  organization: 'guard/checks/organization.ts',
  policy: 'guard/checks/policy.ts',
}
const carry = 'run/execute-step.ts'
const sending = 'run/send.ts'
export const mutants: Readonly<Record<string, Mutant>> = {
  'too many accounts pass': {
    breaks: 'G2',
    file: checks.amount,
    find: 'const limit = allowedAccounts(plan)',
    replace: 'const limit = 10 * allowedAccounts(plan)',
  },
  'the ceiling is not checked': {
    breaks: 'G2',
    file: checks.amount,
    find: 'const limit = ceiling(plan.population)',
    replace: 'const limit = Infinity',
  },
  'the budget counts completed items': {
    breaks: 'G3',
    file: 'testing/memory-store.ts',
    find: '[...steps.values()].filter(({ intentAt }) => (intentAt ?? -Infinity) >= at).length',
    replace:
      "[...steps.values()].filter(({ intentAt, state }) => state === 'applied' && (intentAt ?? -Infinity) >= at).length",
  },
  'the budget forgets what runs have begun': {
    breaks: 'G3',
    file: 'guard/weekly-budget.ts',
    find: 'return remaining - recorded + lost + (await store.intentsSince(system.now() - bounds.budgetWindow))',
    replace: 'return remaining - recorded + 0 * (await store.intentsSince(system.now() - bounds.budgetWindow))',
  },
  'the budget is refunded on a skip': {
    breaks: 'G3',
    file: 'run/step-journal.ts',
    find: 'const ended: EndedStep = { ...step, ...why, reason, state: outcome, endedAt }',
    replace:
      "const ended: EndedStep = { ...step, ...why, ...(outcome === 'skipped' || outcome === 'unknown' || outcome === 'failed' ? { intentAt: undefined } : {}), reason, state: outcome, endedAt }",
  },
  'no approval is bound to its plan': {
    breaks: 'G5',
    file: checks.changed,
    find: 'plan.fingerprint === actualFingerprint',
    replace: 'plan.fingerprint !== actualFingerprint + "x"',
  },
  'an old plan still runs': {
    breaks: 'G5',
    file: checks.age,
    find: 'if (age >= -minute && age <= limit) return undefined',
    replace: 'if (age >= -minute && age <= 30 * limit) return undefined',
  },
  'a changed protected list is not noticed': {
    breaks: 'F17',
    file: checks.changed,
    find: 'protectedDigest === undefined || protectedDigest === plan.protectedDigest',
    replace: 'protectedDigest !== "x"',
  },
  'changed limits are not noticed': {
    breaks: 'F17',
    file: checks.changed,
    find: 'limitsDigest === undefined || limitsDigest === plan.limitsDigest',
    replace: 'limitsDigest !== "x"',
  },
  'a changed policy is not noticed': {
    breaks: 'F17',
    file: checks.changed,
    find: 'policy.version === plan.policyVersion',
    replace: "policy.version !== 'x'",
  },
  'an old snapshot is planned on': {
    breaks: 'G7',
    file: checks.age,
    find: 'if (age >= -hour && age <= limit) return undefined',
    replace: 'if (age >= -hour && age <= 30 * limit) return undefined',
  },
  'half a population is enough': {
    breaks: 'F8',
    file: 'sync/completeness.ts',
    find: 'Math.abs(listed - counted) <= allowedDifference(counted)',
    replace: 'listed > 0',
  },
  'an incomplete snapshot is planned on': {
    breaks: 'F8',
    file: checks.complete,
    find: 'if (snapshot?.complete === true) return undefined',
    replace: 'if (snapshot !== undefined) return undefined',
  },
  'no jump is an anomaly': {
    breaks: 'G12',
    file: checks.anomaly,
    find: 'risen.rise <= risen.limit) continue',
    replace: 'risen.rise <= 100 * risen.limit) continue',
  },
  'one admin is enough': {
    breaks: 'F23',
    file: checks.organization,
    find: 'if (admins >= bounds.admins ||',
    replace: 'if (admins >= 1 ||',
  },
  'a disabled policy runs': {
    breaks: 'G1',
    file: checks.policy,
    find: "source !== 'policy' || policy?.enabled === true",
    replace: "source !== 'policy' || policy !== undefined",
  },
  'a policy fires without a preview': {
    breaks: 'G1',
    file: checks.policy,
    find: 'if (seen) return undefined',
    replace: 'if (seen || !seen) return undefined',
  },
  'a plan passes guard while the stop switch is on': {
    breaks: 'G14',
    file: checks.organization,
    find: 'context.stopped',
    replace: 'context.stopped && !context.stopped',
  },
  'another organization passes as ours': {
    breaks: 'F19',
    file: checks.organization,
    find: 'if (id === organizationId && id === connected.id && name === connected.name) return undefined',
    replace: 'if (id !== "x") return undefined',
  },
  'the lease is not checked': {
    breaks: 'F14',
    file: 'run/execute.ts',
    find: 'if (renewed?.token !== lease.token) return false',
    replace: 'if (renewed === undefined) return true',
    also: { file: 'testing/memory-store.ts', find: 'if (!holds(lease)) return false', replace: 'void [holds, lease]' },
  },
  'an incomplete snapshot loses earlier use': {
    breaks: 'I2',
    file: 'sync/sync.ts',
    find: 'readThrough(read, upToComplete(earlier, read.organization),',
    replace: 'readThrough(read, earlier.slice(0, 1),',
  },
  'another organization loses earlier use': {
    breaks: 'I2',
    file: 'sync/snapshot-retention.ts',
    find: 'const own = heads.filter(({ organization }) => organization.id === id)',
    replace: `const newest = heads.slice(0, 1 + heads.findIndex((one) => one.complete))
  const own = newest.filter(({ organization }) => organization.id === id)`,
  },
  'an executing run ignores its policy': {
    breaks: 'G1',
    file: 'guard/refusals.ts',
    find: "const alsoAdvance: readonly Moment[] = ['preview', 'approve', 'first-step', 'resume', 'advance']",
    replace: 'const alsoAdvance: readonly Moment[] = alsoResume',
  },
  'anybody may write a step': {
    breaks: 'F14',
    file: 'testing/memory-store.ts',
    find: 'if (!holds(lease)) return false',
    replace: 'if (!holds(lease)) void lease',
  },
  'account data may have any age': {
    breaks: 'G6',
    file: sending,
    find: 'system.now() >= from && system.now() - from <= maxAge',
    replace: 'system.now() >= from || system.now() - from <= maxAge',
  },
  'a reading may grow old while the mark is written': {
    breaks: 'G6',
    file: sending,
    find: '    return fresh()',
    replace: '    return true',
  },
  'no account is judged again': {
    breaks: 'F11',
    file: 'plan/judge-again.ts',
    find: 'return judgement.matched ? lackingNow(planned, account, rules, ports) : judgement.because',
    replace:
      'return judgement.matched || account !== undefined ? undefined : lackingNow(planned, account, rules, ports)',
  },
  'activity since the plan is not seen': {
    breaks: 'F11',
    file: 'plan/judge-again.ts',
    find: "if (actions[action].removesAccess && (newestActivity(account) ?? 0) > known) return { code: 'active-since-plan' }",
    replace: 'void known',
  },
  'unknown activity counts as inactivity': {
    breaks: 'G7',
    file: 'conditions/inactivity.ts',
    find: "if (last.kind === 'unknown')\n    return undetermined(",
    replace:
      "if (last.kind === 'unknown' && last.why !== placeholderDate) return match('quiet')\n  if (last.kind === 'unknown')\n    return undetermined(",
  },
  'a date in the future is believed': {
    breaks: 'G7',
    file: 'conditions/inactivity.ts',
    find: "if (last.kind === 'at' && isInFuture(last.at, context.now)) return undetermined({ code: 'last-active-in-future' })",
    replace: "if (last.kind === 'at' && isInFuture(last.at, context.now)) return match('quiet')",
  },
  '1970 is believed': {
    breaks: 'G7',
    file: 'model/plausible-instant.ts',
    find: 'const atlassianBegan: Instant = Date.UTC(2002, 0, 1)',
    replace: 'const atlassianBegan: Instant = -Infinity',
  },
  'a date without a time gets no margin': {
    breaks: 'G7',
    file: 'conditions/inactivity.ts',
    find: 'const margin = lag + (last.dateOnly === true ? day : 0)',
    replace: 'const margin = 0 * lag',
  },
  'new accounts are old enough': {
    breaks: 'G8',
    file: 'conditions/inactivity.ts',
    find: "if (account.addedAt === undefined || account.addedAt >= limit) return noMatch({ code: 'too-new' })",
    replace: '',
  },
  'admins are not protected': {
    breaks: 'G9',
    file: 'model/protection.ts',
    find: "if (role !== undefined) return { code: 'admin', role }",
    replace: '',
  },
  'app accounts are not protected': {
    breaks: 'G9',
    file: 'model/protection.ts',
    find: "if (!isPerson(account)) return { code: 'account-type', type: account.accountType }",
    replace: '',
  },
  'service accounts are not protected': {
    breaks: 'G9',
    file: 'model/protection.ts',
    find: "  if (isLikelyMachine(account) && !index.isConfirmed(account)) return { code: 'likely-service-account' }",
    replace: '  void isLikelyMachine',
  },
  'the protected list is not read': {
    breaks: 'G9',
    file: 'model/protected-index.ts',
    find: 'byAccount.get(accountId) ?? []',
    replace: 'byAccount.get(`${accountId}x`) ?? []',
  },
  'the requester is not excluded': {
    breaks: 'F23',
    file: 'plan/select.ts',
    find: "if (criteria.requesters.includes(account.accountId)) return exclude({ code: 'requester' })",
    replace: '',
  },
  'synced accounts are suspended': {
    breaks: 'G9',
    file: 'actions/action.ts',
    find: "if (account.synced) return excluded({ code: 'owned-by-identity-provider' })",
    replace: '',
  },
  'a canary does not pause': {
    breaks: 'G11',
    file: 'run/execute.ts',
    find: 'const pauses = plan.scheduled && (run.stage ?? 0) === 0',
    replace: 'const pauses = plan.scheduled && (run.stage ?? 0) === 9',
  },
  'the canary is not verified': {
    breaks: 'G11',
    file: 'run/verify-stage.ts',
    find: 'if (reversedStep([step], account, Infinity, system.now()) !== undefined)',
    replace: 'if (reversedStep([step], account, Infinity, system.now()) !== undefined && step.position < 0)',
  },
  'the breaker counts no unknown results': {
    breaks: 'G11',
    file: 'run/breaker.ts',
    find: "if (step.state === 'unknown') tally.unknown += 1",
    replace: "if (step.state === 'unknown') tally.unknown += 0",
  },
  'the breaker counts no refusals': {
    breaks: 'G11',
    file: 'run/breaker.ts',
    find: 'if (isRefused(step)) tally.refused += 1',
    replace: 'if (isRefused(step)) tally.refused += 0',
  },
  'a veto is ignored': {
    breaks: 'G15',
    file: 'model/veto.ts',
    find: 'if (veto === undefined) return undefined',
    replace: 'if (veto === undefined || now > 0) return undefined',
  },
  'nobody notices that a person restored an account': {
    breaks: 'G15',
    file: 'sync/restored-by-people.ts',
    find: 'if (ended && newest.some((change) => isReversed(change, account, several))) return step',
    replace: 'if (ended && readAt < 0 && newest.some((change) => isReversed(change, account, several))) return step',
  },
  'no intent is logged': {
    breaks: 'I4',
    file: 'run/step-journal.ts',
    find: "await append('intent', about(intended), { name, email })",
    replace: 'void [name, email]',
  },
  'no result is logged': {
    breaks: 'I4',
    file: 'run/step-journal.ts',
    find: "await append('result', reason === undefined ?",
    replace: "if (outcome !== 'applied') await append('result', reason === undefined ?",
  },
  'a step is not marked as its request leaves': {
    breaks: 'I4',
    file: sending,
    find: 'await mark({ attempts: begun.attempts + 1, accepted: step.accepted ?? 0, sentAt: system.now() })',
    replace: '',
  },
  'a change with a lost response is sent again': {
    breaks: 'F5',
    file: carry,
    find: 'if (cause?.responded === true && step.attempts < maxAttempts) return undefined',
    replace: 'if (step.attempts < 5) return undefined',
  },
  'a lost response counts as a failure': {
    breaks: 'F5',
    file: carry,
    find: "if (outcome !== 'accepted' && outcome.effect === 'none') {",
    replace: "if (outcome !== 'accepted') {",
  },
  'a refused key does not stop the run': {
    breaks: 'F18',
    file: 'run/step-context.ts',
    find: "error.code === 'unauthorized' || (error.code === 'forbidden' && !(await keysWork(context)))",
    replace: "error.code === 'conflict' && !(await keysWork(context))",
  },
  'an undo reports that everything came back': {
    breaks: 'I6',
    file: 'model/account-state.ts',
    find: 'const lost = before === undefined ? [] : lostSince(before, account)',
    replace: 'const lost = before === undefined || account !== undefined ? [] : lostSince(before, account)',
  },
  'a missed schedule runs by itself': {
    breaks: 'F16',
    file: 'schedule/scheduler.ts',
    find: 'at + missedAfter',
    replace: 'at + 1000 * missedAfter',
  },
  'a required approval is skipped': {
    breaks: 'G1',
    file: 'schedule/scheduler.ts',
    find: "approval === 'automatic' && !nonWorking ?",
    replace: '!nonWorking ?',
  },
  'a restored backup is not noticed': {
    breaks: 'F20',
    file: 'audit/watermark.ts',
    find: 'return (await holds(auditLog, read)) ? undefined : gapTo(read, head)',
    replace: 'return undefined',
  },
  'a run goes on with a restored backup': {
    breaks: 'F20',
    file: 'guard/refusals.ts',
    find: "row('database-older', databaseOlder, allButReport,",
    replace: "row('database-older', databaseOlder, alsoRejoin,",
    also: { file: sending, find: 'await requireMark(context.ports)', replace: '' },
  },
  'the watermark may stand behind the log': {
    breaks: 'F20',
    file: 'audit/watermark.ts',
    find: 'if (head !== undefined) await watermark.raise({ index: head.index, hash: head.hash })',
    replace: '',
  },
  'a reconciliation forgets what was lost': {
    breaks: 'G3',
    file: 'sync/lost-entries.ts',
    find: 'return reconciled.lost ?? Infinity',
    replace: 'return 0',
  },
  'a reconciliation does not sync': {
    breaks: 'F20',
    file: 'sync/reconcile.ts',
    find: 'await syncWhole(by, organizationId, mark.found.at, slice, ports)',
    replace: '0',
  },
  'a plan from before a reconciliation runs': {
    breaks: 'F20',
    file: checks.database,
    find: 'plan.createdAt >= reconciledAt) return undefined',
    replace: 'plan.createdAt < Infinity) return undefined',
  },
  'policies continue without a preview after a reconciliation': {
    breaks: 'G1',
    file: 'sync/reconcile.ts',
    find: "for (const { name } of await store.policies()) await store.setPolicyState(name, { previewedVersion: '' })",
    replace: '',
  },
  'a protected list that cannot be read protects nobody': {
    breaks: 'G9',
    file: checks.database,
    find: 'protectedDigest === undefined\n    ?',
    replace: "protectedDigest === 'x'\n    ?",
  },
  'a protected group protects nobody': {
    breaks: 'G9',
    file: 'model/protected-index.ts',
    find: '[...ofName(group.name), ...(byGroupId.get(group.id) ?? [])]',
    replace: '[...ofName(group.name), ...(byGroupId.get(group.id) ?? [])].slice(0, 0)',
  },
  'a protected address protects nobody': {
    breaks: 'G9',
    file: 'model/protected-index.ts',
    find: 'newest = { email, found: patternsFor(email) }',
    replace: "newest = { email, found: patternsFor('') }",
  },
  'API tokens are not checked': {
    breaks: 'G9',
    file: 'plan/ask-account.ts',
    find: 'const usedAt = await ports.directory.tokenUsedAt(account.accountId)',
    replace: "const usedAt = account.accountId === '' ? ports.system.now() : undefined",
  },
  'the breaker counts no restores': {
    breaks: 'G11',
    file: 'run/breaker.ts',
    find: 'whole.restored += 1\n      stage.restored += 1',
    replace: 'whole.restored += 0',
  },
  'an undo waits behind removals': {
    breaks: 'G13',
    file: 'run/execute.ts',
    find: 'if (run.undoOf !== undefined) return undefined',
    replace: "if (run.undoOf !== 'x') return undefined",
  },
  'every day is a working day': {
    breaks: 'G17',
    file: 'settings/non-working-days.ts',
    find: 'return weekend || (holidays',
    replace: 'return (weekend && rest.weekdays.length > 9) || (holidays',
  },
  'the log is not chained': {
    breaks: 'I7',
    file: 'audit/chain.ts',
    find: 'const link = previous?.hash ?? chainStart',
    replace:
      "const link = index % 7 === 6 && 'at' in fact && fact.event === 'result' ? chainStart.replace('0', '1') : (previous?.hash ?? chainStart)",
  },
  'cancelled runs go on': {
    breaks: 'I10',
    file: 'run/execute.ts',
    find: "if ((await store.run(run.runId))?.status !== 'executing') throw new RunEnded()",
    replace: 'void RunEnded',
  },
  'nobody can cancel a run that executes': {
    breaks: 'I10',
    file: 'model/run-life.ts',
    find: "cancel: ['awaiting-approval', 'quarantined', 'executing', 'stopped'],",
    replace: "cancel: ['awaiting-approval', 'quarantined', 'stopped'],",
  },
  'the stop switch leaves runs executing': {
    breaks: 'I10',
    file: 'run/intervene.ts',
    find: 'if (following === undefined) await stopRefusedRuns(ports)',
    replace: 'if (following === undefined) return { entryFollows: false }',
  },
  'disabling leaves runs executing': {
    breaks: 'I10',
    file: 'app.ts',
    find: 'disablePolicy: (name: string, by: string) => thenStop(switchPolicy(name, false, by, ports)),',
    replace: 'disablePolicy: (name: string, by: string) => switchPolicy(name, false, by, ports),',
  },
  'new limits leave runs executing': {
    breaks: 'I10',
    file: 'app.ts',
    find: 'setLimits: (limits: unknown, by: string) => thenStop(setLimits(limits, by, ports)),',
    replace: 'setLimits: (limits: unknown, by: string) => setLimits(limits, by, ports),',
  },
  'an undo leaves its run executing': {
    breaks: 'I11',
    file: 'run/intervene.ts',
    find: "found.status === 'executing' ?",
    replace: 'found.settling === true ?',
  },
  'the stop switch blocks an undo': {
    breaks: 'I11',
    file: 'guard/refusals.ts',
    find: "stopped: row('stopped', stopped, allButReport, 'resume', { exemptWhenOnlyRestoring: moments }),",
    replace: "stopped: row('stopped', stopped, allButReport, 'resume'),",
  },
  'an undone run goes on': {
    breaks: 'G21',
    file: 'run/begin-run.ts',
    find: 'origin !== undefined && possibleIn.cancel.includes(origin.status)',
    replace: "origin !== undefined && origin.status === 'quarantined'",
  },
  'a canary that fails passes': {
    breaks: 'G22',
    file: 'run/breaker.ts',
    find: 'if (bad < limit) return undefined',
    replace: 'if (bad < 100 * limit) return undefined',
  },
  'an undo leaves out what ended unknown': {
    breaks: 'I11',
    file: 'plan/undo.ts',
    find: "  state === 'unknown' ||\n",
    replace: "  (state === 'unknown' && attempts < 0) ||\n",
  },
  'giving back a part ends the undo': {
    breaks: 'I11',
    file: 'plan/undo.ts',
    find: 'if (veto !== undefined && (veto.resources?.includes(resource) ?? true)) {',
    replace: 'if (veto !== undefined) {',
  },
  'two admins lose a limit': {
    breaks: 'I12',
    file: 'settings/limits.ts',
    find: 'const own = { ...readableLimits(stored), ...changes }',
    replace: 'const own = { ...(tried > 9 ? readableLimits(stored) : {}), ...changes }',
  },
  'a discard is logged before it is done': {
    breaks: 'I12',
    file: 'run/review-queue.ts',
    find: "if (done) await auditLog.append({ at: system.now(), actor: by, event: 'discarded', planId })",
    replace: "await auditLog.append({ at: system.now(), actor: by, event: 'discarded', planId })",
  },
  'a cancel is not logged': {
    breaks: 'I12',
    file: 'run/cancel.ts',
    find: "await auditLog.append({ at: system.now(), actor: by, event: 'run-cancelled', ...ids, ...why })",
    replace: 'void [ids, why]',
  },
  'who was left out stays in the plan': {
    breaks: 'I12',
    file: 'plan/leave-out.ts',
    find: 'const kept = plan.actions.filter(({ accountId }) => !out.has(accountId))',
    replace: "const kept = plan.actions.filter(({ accountId }) => out.size > 0 && accountId !== '')",
  },
  'a plan that was narrowed stays open': {
    breaks: 'I12',
    file: 'run/exclude-accounts.ts',
    find: 'await discard(plan.planId, request.by, ports)',
    replace: 'void discard',
  },
  'the time may be unknown': {
    breaks: 'G26',
    file: 'plan/time-unknown.ts',
    find: "if (time.kind === 'known') return undefined",
    replace: "if (time.kind === 'known' || time.because === 'apart') return undefined",
  },
  'empty columns are complete': {
    breaks: 'G24',
    file: 'sync/sync.ts',
    find: 'const complete = lacks === undefined && (isComplete(accounts, expected) || countDiffers !== undefined)',
    replace: 'const complete = isComplete(accounts, expected) || countDiffers !== undefined',
  },
  'groups that vanish are believed': {
    breaks: 'G24',
    file: 'plan/judge-again.ts',
    find: "return (before?.groups.length ?? 0) > 0 ? { code: 'groups-vanished' } : undefined",
    replace: "return (before?.groups.length ?? 0) > 99 ? { code: 'groups-vanished' } : undefined",
  },
  'unreadable fields are empty ones': {
    breaks: 'G30',
    file: 'model/protection.ts',
    find: "if (unreadable.length > 0) return { code: 'data-unreadable', fields: unreadable }",
    replace: "if (unreadable.length > 9) return { code: 'data-unreadable', fields: unreadable }",
  },
  'an unknown status is an active one': {
    breaks: 'G30',
    file: 'actions/suspend-access.ts',
    find: "if (standing === 'unknown' || standing === 'deactivated') return excludedByStatus(standing)",
    replace: "if (standing === 'deactivated') return excludedByStatus(standing)",
  },
  'an unknown claim has no tokens': {
    breaks: 'G30',
    file: 'plan/ask-account.ts',
    find: "if (account.claimUnknown === true) return { code: 'tokens-unknown' }",
    replace: '',
  },
  'an empty listing may go on for ever': {
    breaks: 'F34',
    file: 'sync/progress.ts',
    find: 'const pagesWithoutProgress = 3',
    replace: 'const pagesWithoutProgress = 3000',
  },
  'one forbidden account ends the run as a refused key': {
    breaks: 'F38',
    file: 'run/step-context.ts',
    find: 'if (failure !== undefined) return false\n  }\n  return true',
    replace: 'if (failure !== undefined) return false\n  }\n  return ports.system.now() < 0',
  },
  "a policy may widen the organization's limits": {
    breaks: 'G28',
    file: 'model/limits.ts',
    find: '    if (mine === undefined) return value\n',
    replace: '    if (mine === undefined) return value\n    if (mine > value) return clamp(limit, mine)\n',
  },
  'a renamed group excludes nobody': {
    breaks: 'G25',
    file: 'conditions/in-group.ts',
    find: '(ids === undefined ? sameName(name, value) : ids.has(id))',
    replace: '(ids === undefined || ids.size > 0 ? sameName(name, value) : ids.has(id))',
  },
  "a run's own changes are not in the lists": {
    breaks: 'I13',
    file: 'run/update-snapshot.ts',
    find: 'await store.putAccounts(head.id, [after])',
    replace: 'void after',
  },
  'a mistyped address protects nobody': {
    breaks: 'I12',
    file: 'settings/protected-list.ts',
    find: 'if (problem !== undefined) throw',
    replace: "if (problem === '') throw",
  },
}
