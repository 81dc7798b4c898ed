-- What was issued before reminders existed has no day to be reminded on: nothing but a new schedule or an
-- answer would have given it one. It gets the first day of its organisation's schedule, past or to come:
-- the sweep turns a past one into one reminder, the latest step, and goes on from there. Left alone is
-- what the schedule has reminded of already, and what was issued when all of its days were over.
UPDATE `invoice` SET `remind_on` = (
	SELECT min(date(`invoice`.`due_on`, `step`.`value` || ' days'))
	FROM `organization` `o`, json_each(coalesce(`o`.`reminders`, '{"on":true,"days":[-3,0,3,7,14],"hour":9}'), '$.days') `step`
	WHERE `o`.`id` = `invoice`.`organization_id`
		AND coalesce(`o`.`reminders`, '{"on":true}') ->> '$.on'
	HAVING max(date(`invoice`.`due_on`, `step`.`value` || ' days')) > `invoice`.`issued_on`
)
WHERE `status` = 'open' AND `balance` > 0 AND `remind_on` IS NULL AND `ended_at` IS NULL
	AND NOT EXISTS (
		SELECT 1 FROM `email`
		WHERE `key` >= 'invoice:' || `invoice`.`id` || ':reminder:'
			AND `key` < 'invoice:' || `invoice`.`id` || ':reminder;'
			AND `data` ->> '$.by' = 'schedule'
	);
--> statement-breakpoint
ALTER TABLE `portal` ADD `invoices` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
UPDATE `portal` SET `invoices` = (SELECT count(*) FROM `invoice` WHERE `portal_id` = `portal`.`id`);
--> statement-breakpoint
-- How many invoices a portal has stands on its tab.
CREATE TRIGGER `invoice_counts` AFTER INSERT ON `invoice` BEGIN
	UPDATE `portal` SET `invoices` = `invoices` + 1 WHERE `id` = new.`portal_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `invoice_counts_no_more` AFTER DELETE ON `invoice` BEGIN
	UPDATE `portal` SET `invoices` = `invoices` - 1 WHERE `id` = old.`portal_id`;
END;
