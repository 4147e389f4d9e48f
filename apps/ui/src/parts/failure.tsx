// What a person asked for did not happen: the sentence that says why, read out at once.
import SectionMessage from '@atlaskit/section-message'

export function Failure({ title, message }: { readonly title: string; readonly message: string }) {
  return (
    <div role="alert" data-testid="failure">
      <SectionMessage appearance="error" title={title} headingLevel="h3">
        <p>{message}</p>
      </SectionMessage>
    </div>
  )
}
