import { deleteCookie, getCookie } from 'hono/cookie'
import { paths } from '../paths.ts'
import { door } from './door.tsx'
import { isReturn, RETURN } from './portal/coming-back.ts'
import { Notice } from './portal/notice.tsx'

/**
 * Where Stripe leads whoever has paid. Its address is known to Stripe and opens nothing: the browser
 * that went to pay brings along where it came from, and is led back there; any other reads thanks.
 */
export const paid = door().get(paths.paid(':back'), (c) => {
  const back = getCookie(c, RETURN)
  if (back === undefined || !isReturn(back)) {
    return c.html(
      <Notice title="Thank you" tone="teal">
        <p>
          Your payment is on its way. A receipt follows by email once it has arrived. You can close
          this page; the invoice is where you opened it before, by the link in your email.
        </p>
      </Notice>,
    )
  }
  deleteCookie(c, RETURN, { path: c.req.path })
  return c.redirect(`${back}?paid=${encodeURIComponent(c.req.param('back'))}`, 303)
})
