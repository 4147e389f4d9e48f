// Where each operation lives under HTTP, and nothing else: light enough for the page to carry along.

/** How an operation is asked for. */
export interface Path {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below /api; names in braces are params. */
  readonly path: string
  /** It may take minutes: a host whose requests are short lets it go on by itself, and the page asks how it went. */
  readonly long?: true
}

const get = (path: string) => ({ method: 'get', path }) as const satisfies Path
const post = (path: string) => ({ method: 'post', path }) as const satisfies Path
const put = (path: string) => ({ method: 'put', path }) as const satisfies Path
const patch = (path: string) => ({ method: 'patch', path }) as const satisfies Path
const remove = (path: string) => ({ method: 'delete', path }) as const satisfies Path
const long = true

/** Every operation by name. */
export const paths = {
  overview: get('/overview'),
  attention: get('/attention'),
  activity: { ...get('/activity'), long },
  seatHistory: get('/licenses/history'),
  syncProgress: get('/sync'),
  licenses: get('/licenses'),
  accounts: get('/accounts'),
  accountsCsv: get('/csv/accounts'),
  account: get('/accounts/{id}'),
  savedFilters: get('/filters'),
  saveFilter: put('/filters'),
  removeFilter: remove('/filters'),
  policies: get('/policies'),
  policyCards: get('/policies/cards'),
  reviewPolicy: post('/policies/review'),
  tryPolicy: { ...post('/policies/trial'), long },
  plans: get('/plans'),
  planList: get('/plans/list'),
  vetoes: get('/vetoes'),
  limits: get('/limits'),
  listLimits: get('/limits/list'),
  showPlan: get('/plans/{id}'),
  planSummary: get('/plans/{id}/summary'),
  planPeople: get('/plans/{id}/people'),
  runs: get('/runs'),
  runList: get('/runs/list'),
  runStatus: get('/runs/{id}'),
  results: get('/runs/{id}/results'),
  runProgress: get('/runs/{id}/progress'),
  runPeople: get('/runs/{id}/people'),
  protections: get('/protections'),
  protectionList: get('/protections/list'),
  automaticProtections: { ...get('/protections/automatic'), long },
  keys: get('/keys'),
  restDays: get('/rest-days'),
  listNonWorkingDays: get('/rest-days/list'),
  audit: get('/audit'),
  auditCsv: get('/csv/audit'),
  searchAudit: get('/audit/search'),
  searchAuditCsv: get('/csv/audit/search'),
  checkpoints: get('/audit/checkpoints'),
  verification: { ...get('/audit/verification'), long },
  sync: { ...post('/sync'), long },
  plan: { ...post('/plans'), long },
  preview: { ...post('/plans/preview'), long },
  approve: post('/plans/{id}/approval'),
  discard: post('/plans/{id}/discard'),
  undo: { ...post('/runs/{id}/undo'), long },
  previewUndo: { ...post('/runs/{id}/undo/preview'), long },
  importPolicy: post('/policies'),
  enablePolicy: post('/policies/{name}/enable'),
  disablePolicy: post('/policies/{name}/disable'),
  deletePolicy: remove('/policies/{name}'),
  protect: put('/protections'),
  protectSeveral: put('/protections/several'),
  unprotect: remove('/protections'),
  setKeyExpiry: patch('/keys/expiry'),
  checkKeys: { ...post('/keys/check'), long },
  setNonWorkingDays: put('/rest-days'),
  liftVeto: remove('/vetoes/{id}'),
  forget: remove('/accounts/{id}/personal'),
  setLimits: patch('/limits'),
  acceptBaseline: post('/usual'),
  reconcile: { ...post('/reconcile'), long },
  stop: post('/stop'),
  resume: post('/resume'),
} as const satisfies Readonly<Record<string, Path>>

/** The connection to the organization: each host has its own way to keep keys. */
export const connectingPaths = {
  connection: get('/connection'),
  connect: put('/connection'),
  disconnect: remove('/connection'),
} as const satisfies Readonly<Record<string, Path>>

export type OperationName = keyof typeof paths
