// The frame around the page: theme by the browser's colour scheme, the query cache, and the guard against crashes.
import AppProvider from '@atlaskit/app-provider'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { CrashGuard } from './crash-guard'
import { Overview } from './overview'

const queryClient = new QueryClient()

export function App() {
  return (
    <AppProvider defaultColorMode="auto">
      <QueryClientProvider client={queryClient}>
        <CrashGuard>
          <Overview />
        </CrashGuard>
      </QueryClientProvider>
    </AppProvider>
  )
}
