-- What all open invoices of an organisation still ask for, by currency and due day, and of how many.
CREATE TRIGGER `invoice_owed_day_before` AFTER UPDATE OF `status`, `balance`, `due_on` ON `invoice`
WHEN old.`status` = 'open' AND old.`balance` > 0 BEGIN
	UPDATE `owed_day` SET `amount` = `amount` - old.`balance`, `invoices` = `invoices` - 1
	WHERE `organization_id` = old.`organization_id` AND `currency` = old.`currency`
		AND `due_on` = old.`due_on`;
	DELETE FROM `owed_day` WHERE `organization_id` = old.`organization_id`
		AND `currency` = old.`currency` AND `due_on` = old.`due_on` AND `invoices` = 0;
END;
--> statement-breakpoint
CREATE TRIGGER `invoice_owes_day` AFTER UPDATE OF `status`, `balance`, `due_on` ON `invoice`
WHEN new.`status` = 'open' AND new.`balance` > 0 BEGIN
	INSERT INTO `owed_day` (`organization_id`, `currency`, `due_on`, `amount`, `invoices`)
	VALUES (new.`organization_id`, new.`currency`, new.`due_on`, new.`balance`, 1)
	ON CONFLICT DO UPDATE SET `amount` = `amount` + excluded.`amount`, `invoices` = `invoices` + 1;
END;
--> statement-breakpoint
INSERT INTO `owed_day` (`organization_id`, `currency`, `due_on`, `amount`, `invoices`)
SELECT `organization_id`, `currency`, `due_on`, sum(`balance`), count(*) FROM `invoice`
WHERE `status` = 'open' AND `balance` > 0 GROUP BY 1, 2, 3;
--> statement-breakpoint
UPDATE `invoice` SET
	`paid_on` = CASE WHEN `status` = 'paid' THEN coalesce(
		(SELECT max(`received_on`) FROM `payment` WHERE `invoice_id` = `invoice`.`id`
			AND `kind` = 'payment' AND `state` = 'succeeded'), `issued_on`) END,
	`pending` = coalesce((SELECT sum(`amount`) FROM `payment` WHERE `invoice_id` = `invoice`.`id`
		AND `kind` = 'payment' AND `state` = 'pending'), 0)
WHERE `issued_at` IS NOT NULL;
--> statement-breakpoint
-- What was issued before documents were made of it has them made now.
INSERT INTO `job` (`id`, `organization_id`, `kind`, `key`, `data`, `next_at`, `created_at`)
SELECT lower(hex(randomblob(16))), `organization_id`, 'document.make', 'document:' || `kind` || ':' || `of`,
	json_object('kind', `kind`, 'of', `of`, 'portal', `portal_id`), unixepoch() * 1000, unixepoch() * 1000
FROM (
	SELECT 'invoice' AS `kind`, `id` AS `of`, `organization_id`, `portal_id` FROM `invoice` WHERE `issued_at` IS NOT NULL
	UNION ALL SELECT 'credit-note', `id`, `organization_id`, `portal_id` FROM `credit_note`
	UNION ALL SELECT 'receipt', `id`, `organization_id`, `portal_id` FROM `payment` WHERE `kind` = 'payment'
	UNION ALL SELECT DISTINCT 'statement', `portal_id`, `organization_id`, `portal_id` FROM `invoice` WHERE `issued_at` IS NOT NULL
) WHERE true ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- A refund may fail after it succeeded, and a day may turn out to be the one before.
CREATE TRIGGER `payment_no_longer_counts` AFTER UPDATE OF `state`, `received_on` ON `payment`
WHEN old.`state` = 'succeeded'
	AND (new.`state` <> 'succeeded' OR new.`received_on` <> old.`received_on`) BEGIN
	UPDATE `received` SET `amount` = `amount` -
		CASE old.`kind` WHEN 'payment' THEN old.`amount` ELSE -old.`amount` END
	WHERE `organization_id` = old.`organization_id` AND `currency` = old.`currency`
		AND `day` = old.`received_on`;
END;
--> statement-breakpoint
CREATE TRIGGER `payment_counts_elsewhere` AFTER UPDATE OF `received_on` ON `payment`
WHEN old.`state` = 'succeeded' AND new.`state` = 'succeeded'
	AND new.`received_on` <> old.`received_on` BEGIN
	INSERT INTO `received` (`organization_id`, `currency`, `day`, `amount`)
	VALUES (new.`organization_id`, new.`currency`, new.`received_on`,
		CASE new.`kind` WHEN 'payment' THEN new.`amount` ELSE -new.`amount` END)
	ON CONFLICT DO UPDATE SET `amount` = `amount` + excluded.`amount`;
END;
