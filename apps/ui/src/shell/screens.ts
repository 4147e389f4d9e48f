// The screens. The page loads each one when an admin first opens it.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { ScreenName, ScreenProps } from './route'

export const screens: Readonly<Record<ScreenName, LazyExoticComponent<ComponentType<ScreenProps>>>> = {
  overview: lazy(() => import('../overview/overview')),
  'org-users': lazy(() => import('../users/org-users')),
  'product-users': lazy(() => import('../users/product-users')),
  plans: lazy(() => import('../plans/plans')),
  policies: lazy(() => import('../policies/policies')),
  runs: lazy(() => import('../runs/runs')),
  protected: lazy(() => import('../protected/protected')),
  audit: lazy(() => import('../audit/audit')),
  settings: lazy(() => import('../settings/settings')),
}
