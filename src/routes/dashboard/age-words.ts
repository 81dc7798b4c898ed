import type { Age } from '../../features/invoices/ageing.ts'

/** How long what is asked for has been overdue, in words. */
export const ageWords: Record<Age, string> = {
  current: 'Not due yet',
  '1-30': '1 to 30 days overdue',
  '31-60': '31 to 60 days overdue',
  '61-90': '61 to 90 days overdue',
  'over-90': 'More than 90 days overdue',
}
