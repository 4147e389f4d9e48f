import { expect, it } from 'vitest'
import { placeName, placePhrase, productName } from '../../src/model/product-name.js'

it("shows Atlassian's name of a product instead of its key", () => {
  expect(productName('jira-software')).toBe('Jira')
  expect(productName('jira-servicedesk')).toBe('Jira Service Management')
  expect(productName('jira-product-discovery')).toBe('Jira Product Discovery')
})

it('shows a key as it is when Atlassian adds a product that Rollcall does not know', () => {
  expect(productName('jira-teapot')).toBe('jira-teapot')
  expect(productName('constructor')).toBe('constructor')
})

it('names a product together with its site', () => {
  expect(placeName('acme.atlassian.net', 'jira-software')).toBe('Jira · acme')
  expect(placeName('wiki.acme.example', 'confluence')).toBe('Confluence · wiki.acme.example')
  expect(placePhrase('acme.atlassian.net', 'jira-software')).toBe('Jira (acme)')
})
