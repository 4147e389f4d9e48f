// Product users: people with a seat on one product of one site.
import { messages } from '../messages'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { SelectField } from '../parts/select-field'
import { useAsked } from '../parts/use-asked'
import { go } from '../shell/route'
import type { ScreenProps } from '../shell/screens'
import { asAddress, filterIn } from './filter'
import { UsersScreen } from './users-screen'

const text = messages.users

export default function ProductUsers({ query }: ScreenProps) {
  const licenses = useAsked('licenses')
  const filter = filterIn(query)
  return (
    <Fetched query={licenses} loading={text.loadingProducts}>
      {(places) => {
        const place =
          places.find(({ site, product }) => site === filter.site && product === filter.product) ?? places[0]
        if (place === undefined) return <Empty>{text.noProducts}</Empty>
        const { site, product } = place
        const choose = (value: string) => {
          const [chosenSite, chosenProduct] = value.split(' ')
          go('product-users', undefined, asAddress({ ...filter, site: chosenSite, product: chosenProduct }))
        }
        return (
          <UsersScreen
            screen="product-users"
            intro={text.productIntro}
            filter={{ ...filter, site, product }}
            place={{ site, product }}
            chooser={
              <SelectField
                label={text.siteAndProduct}
                value={`${site} ${product}`}
                choices={places.map((one) => ({
                  value: `${one.site} ${one.product}`,
                  label: text.productOn(one.product, one.site),
                }))}
                onChange={choose}
              />
            }
          />
        )
      }}
    </Fetched>
  )
}
