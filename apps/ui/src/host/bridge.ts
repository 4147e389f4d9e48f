// The bridge to Jira. Only this file loads its package, and only inside Jira, since the package throws elsewhere.

export const loadBridge = () => import('@forge/bridge')
