// Whether the page is inside Jira: Jira adds its bridge to the frame before it loads the page; a server does not.

export const inJira: boolean = '__bridge' in globalThis
