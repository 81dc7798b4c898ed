import type { Env } from '../../env.ts'
import { paths, withQuery } from '../../paths.ts'
import { product } from '../../ui/brand.ts'
import { MailLayout, mailText } from '../../ui/email.tsx'
import type { Compose } from '../emails/compose.ts'
import { loadAuth } from './session.ts'

/** The token is made here, when the mail leaves: its ten minutes begin with the mail, not the wish. */
export const composeSignIn =
  (env: Env): Compose =>
  async (ctx, mail) => {
    const { magicToken } = await import('./auth.ts')
    const token = await magicToken(await loadAuth(env, ctx.settings), mail.to)
    const button = {
      label: 'Sign in',
      href: ctx.settings.appUrl + withQuery(paths.confirm, { token, next: mail.data['next'] }),
    }
    const title = 'Sign in to AdminStack Portals'
    const paragraphs = [
      'Open this link on the device where you want to work. It works once, for ten minutes.',
      'If you did not ask for it, there is nothing to do: nobody gets in without this email.',
    ]
    const footer = `Somebody entered ${mail.to} on our sign-in page.`
    return {
      fromName: product.name,
      subject: 'Your sign-in link',
      html: String(
        <MailLayout
          brand={product}
          title={title}
          preheader="It works once, for ten minutes."
          paragraphs={paragraphs}
          button={button}
          footer={footer}
        />,
      ),
      text: mailText(title, paragraphs, button, footer),
    }
  }
