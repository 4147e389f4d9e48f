import { aliasOf, operation } from '../../operation.js'
import { runProgress as response } from '../../responses/run-progress.js'
import { run } from '../../responses/run.js'
import { id } from '../params.js'

export const runProgress = operation({
  method: 'get',
  path: '/runs/{id}/progress',
  role: 'viewer',
  summary: 'Read a run: its counts, its rate, and what it waits for',
  params: id,
  response,
  handler: async ({ params }, { app }) => app.runProgress(params.id),
})

export const runStatus = aliasOf(runProgress, {
  path: '/runs/{id}',
  summary: 'Read a run and its counts',
  params: id,
  response: run,
  handler: async ({ params }, { app }) => app.runStatus(params.id),
})
