// The frame around the page: the theme, the query cache, and the guard against crashes.
import AppProvider, { useSetColorMode } from '@atlaskit/app-provider'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect } from 'react'
import { CrashGuard } from './crash-guard'
import { keepFocus } from './keep-focus'
import { Shell } from './shell'
import { watchTheme, type ColorMode } from '../host/theme'

const queryClient = new QueryClient()

export function App({ colorMode }: { readonly colorMode: ColorMode }) {
  useEffect(() => keepFocus(document.body), [])
  return (
    <AppProvider defaultColorMode={colorMode}>
      <FollowTheme />
      <QueryClientProvider client={queryClient}>
        <CrashGuard>
          <Shell />
        </CrashGuard>
      </QueryClientProvider>
    </AppProvider>
  )
}

function FollowTheme() {
  const setColorMode = useSetColorMode()
  useEffect(() => watchTheme(setColorMode), [setColorMode])
  return null
}
