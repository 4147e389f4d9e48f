// The bridge to Jira, in the one file that may load it: its package throws where there is no Jira, so it is loaded late.

export const loadBridge = () => import('@forge/bridge')
