// Which host shows the page: Jira puts its bridge into the frame before anything of ours is loaded; a server does not.

export const inJira: boolean = '__bridge' in globalThis
