// What @forge/bridge needs when no Jira is around: loaded before the app's bundle, since the bridge looks for it then.
// What goes over JSON is sent to the host; functions, flags, events and history stay here.
;(() => {
  const post = async (command, payload) => {
    const response = await fetch('/bridge', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ command, payload }),
    })
    const answer = await response.json()
    if (!response.ok) throw Object.assign(new Error(answer.message), { code: answer.code })
    return answer.result
  }

  const listeners = new Map()
  const on = async ({ event, callback }) => {
    const all = listeners.get(event) ?? new Set()
    listeners.set(event, all.add(callback))
    return { unsubscribe: () => all.delete(callback) }
  }
  const emit = async ({ event, payload }) => {
    for (const callback of listeners.get(event) ?? []) callback(payload)
  }

  const placeOf = (to) => (typeof to === 'string' ? to : `${to.pathname ?? '/'}${to.search ?? ''}`)
  const locationNow = () => {
    const [pathname, search] = (location.hash.slice(1) || '/').split('?')
    return { pathname, search: search === undefined ? '' : `?${search}`, hash: '', state: null }
  }
  const createHistory = async () => {
    const watching = new Set()
    const made = {
      action: 'POP',
      location: locationNow(),
      listen: (callback) => {
        watching.add(callback)
        return () => watching.delete(callback)
      },
      createHref: (to) => `#${placeOf(to)}`,
      go: (steps) => history.go(steps),
      goBack: () => history.back(),
      goForward: () => history.forward(),
      push: (to) => change('PUSH', 'pushState', to),
      replace: (to) => change('REPLACE', 'replaceState', to),
    }
    const tell = (action) => {
      made.action = action
      made.location = locationNow()
      for (const callback of watching) callback(made.location, action)
    }
    const change = (action, method, to) => {
      history[method](null, '', `#${placeOf(to)}`)
      tell(action)
    }
    addEventListener('popstate', () => tell('POP'))
    return made
  }

  const closeFlag = async ({ id }) => {
    document.getElementById(`flag-${id}`)?.remove()
    return true
  }
  const showFlag = async ({ id, title, description, actions = [], isAutoDismiss }) => {
    await closeFlag({ id })
    const flag = document.createElement('div')
    flag.id = `flag-${id}`
    flag.setAttribute('role', 'status')
    flag.style.cssText =
      'position:fixed;left:24px;bottom:24px;padding:16px;border-radius:4px;background:#1f845a;color:#fff;z-index:9999'
    flag.append([title, description].filter(Boolean).join(' – '))
    for (const { text, onClick } of actions) {
      const button = document.createElement('button')
      button.textContent = text
      button.addEventListener('click', () => onClick?.())
      flag.append(' ', button)
    }
    document.body.append(flag)
    if (isAutoDismiss) setTimeout(() => void closeFlag({ id }), 8000)
    return true
  }

  const local = {
    createHistory,
    showFlag,
    closeFlag,
    on,
    emit,
    onPublic: on,
    emitPublic: emit,
    enableTheming: async () => {
      const dark = matchMedia('(prefers-color-scheme: dark)').matches
      document.documentElement.dataset.colorMode = dark ? 'dark' : 'light'
      document.documentElement.dataset.theme = 'dark:dark light:light spacing:spacing'
    },
    navigate: async ({ url, type }) => {
      if (type === 'new-tab') open(url, '_blank', 'noopener')
      else location.assign(url)
    },
    reload: async () => location.reload(),
    refresh: async () => location.reload(),
    getUrl: async () => location.href,
    changeWindowTitle: async ({ title }) => {
      document.title = title
    },
    emitReadyEvent: async () => undefined,
    close: async () => true,
    onClose: async () => true,
    submit: async () => true,
    isRovoEnabled: async () => false,
  }
  globalThis.__bridge = {
    callBridge: (command, payload) =>
      Object.hasOwn(local, command) ? local[command](payload ?? {}) : post(command, payload),
  }
})()
