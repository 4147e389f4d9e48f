// The page around a screen: the top bar, the navigation, the notices for every screen, and the shared states: loading,
// forbidden, unreachable.

import { Stack } from '@atlaskit/primitives/compiled'
import SectionMessage from '@atlaskit/section-message'
import { Suspense, useEffect, useRef } from 'react'
import { isForbidden } from '../host/problem'
import { messages } from '../messages'
import { ScreenHeader } from '../parts/screen-header'
import { useOverview } from '../overview/use-overview'
import { Loading } from '../parts/loading'
import { formatClock } from '../parts/format'
import { useConnection } from '../settings/use-connection'
import { Flags } from './flags'
import { FirstSync, needsSync } from './first-sync'
import { Navigation } from './navigation'
import { Notices } from './notices'
import { useRoute, type Route } from './route'
import { screens } from './screens'
import styles from './shell.module.css'
import { TopBar } from './top-bar'
import { Trouble } from './trouble'

export function Shell() {
  const { data, error, isFetching, dataUpdatedAt, refetch } = useOverview()
  const connection = useConnection()
  const route = useRoute()
  const main = useRef<HTMLElement>(null)
  useTitle(route, main)
  const denied = [error, connection.error].find(isForbidden)
  // A user without access sees nothing, not even what the page showed before.
  if (denied) return <Denied message={denied.message} />
  const text = messages.errors
  const Screen = screens[route.screen]
  return (
    <div className={styles['page']}>
      <a className={styles['skip']} href="#main" onClick={(event) => skip(event, main.current)}>
        {messages.navigation.skip}
      </a>
      <TopBar overview={data} />
      <div className={styles['columns']}>
        <Navigation current={route.screen} />
        <main
          id="main"
          ref={main}
          tabIndex={-1}
          className={styles['main']}
          data-testid={route.screen}
          aria-busy={isFetching && !data}
        >
          <Stack space="space.200">
            {error && (
              <Trouble
                appearance={data ? 'warning' : 'error'}
                title={data ? text.refreshTitle : text.loadTitle}
                details={[error.message, text.again, ...(data ? [text.outdated(formatClock(dataUpdatedAt))] : [])]}
                action={text.retry}
                onAction={() => void refetch()}
              />
            )}
            {/* The overview comes first: its first response creates the database tables, and a second request would wait for them. */}
            {!data && !error && <Loading>{messages.loading}</Loading>}
            {data && (
              <Notices
                overview={data}
                connectsHere={connection.offered !== false}
                whole={route.screen === 'overview'}
              />
            )}
          </Stack>
          {data && needsSync(route.screen, data) && <FirstSync title={messages.navigation.screens[route.screen]} />}
          {data && !needsSync(route.screen, data) && (
            <Suspense fallback={<Loading>{messages.navigation.opening}</Loading>}>
              <Screen key={`${route.screen} ${route.id ?? ''}`} id={route.id} query={route.query} />
            </Suspense>
          )}
        </main>
      </div>
      <Flags />
    </div>
  )
}

/** Sets the title of the screen. When the screen changes, moves a screen reader to the new content. */
function useTitle({ screen, id }: Route, main: React.RefObject<HTMLElement | null>) {
  const shown = useRef<string>(undefined)
  useEffect(() => {
    document.title = `${messages.navigation.screens[screen]} - ${messages.product}`
    const place = `${screen} ${id ?? ''}`
    if (shown.current !== undefined && shown.current !== place) {
      window.scrollTo(0, 0)
      main.current?.focus({ preventScroll: true })
    }
    shown.current = place
  }, [screen, id, main])
}

/** Moves only the focus: the address names the open screen, so the link must not change it. */
function skip(event: React.MouseEvent, target: HTMLElement | null) {
  event.preventDefault()
  target?.focus()
}

function Denied({ message }: { readonly message: string }) {
  return (
    <div className={styles['page']}>
      <TopBar overview={undefined} />
      <main className={styles['main']} data-testid="denied">
        <ScreenHeader title={messages.title} />
        <SectionMessage appearance="error">
          <p>{message}</p>
        </SectionMessage>
      </main>
    </div>
  )
}
