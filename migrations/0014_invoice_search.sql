-- Full-text search over invoices, as over portals: its rowid is the invoice's own whole number, and the
-- organisation, the portal, the state, the currency and the due day ('20261124') are words to match, so
-- that a search reads nothing of another tenant and can be narrowed. Triggers keep it.
CREATE VIRTUAL TABLE `invoice_search` USING fts5(
	`organization`, `portal`, `state`, `currency`, `due`, `number`, `client`, `project`, `buyer`,
	tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4'
);
--> statement-breakpoint
CREATE TRIGGER `invoice_search_insert` AFTER INSERT ON `invoice` BEGIN
	INSERT INTO `invoice_key` (`invoice_id`) VALUES (new.`id`);
	INSERT INTO `invoice_search` (`rowid`, `organization`, `portal`, `state`, `currency`, `due`, `number`, `client`, `project`, `buyer`)
	SELECT
		(SELECT `key` FROM `invoice_key` WHERE `invoice_id` = new.`id`),
		replace(new.`organization_id`, '-', ''),
		replace(new.`portal_id`, '-', ''),
		new.`status`
			|| CASE WHEN new.`status` = 'open' AND new.`balance` > 0 THEN ' owed' ELSE '' END
			|| CASE WHEN new.`problem_at` IS NULL THEN '' ELSE ' problem' END,
		new.`currency`,
		replace(coalesce(new.`due_on`, ''), '-', ''),
		coalesce(new.`number`, ''),
		`portal`.`client`, `portal`.`project`,
		coalesce(json_extract(new.`buyer`, '$.name'), '')
	FROM `portal` WHERE `portal`.`id` = new.`portal_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `invoice_search_update`
AFTER UPDATE OF `status`, `balance`, `problem_at`, `currency`, `due_on`, `number`, `buyer` ON `invoice`
WHEN new.`status` <> old.`status` OR (new.`balance` > 0) <> (old.`balance` > 0)
	OR (new.`problem_at` IS NULL) <> (old.`problem_at` IS NULL) OR new.`currency` <> old.`currency`
	OR new.`due_on` IS NOT old.`due_on` OR new.`number` IS NOT old.`number` OR new.`buyer` <> old.`buyer`
BEGIN
	UPDATE `invoice_search` SET
		`state` = new.`status`
			|| CASE WHEN new.`status` = 'open' AND new.`balance` > 0 THEN ' owed' ELSE '' END
			|| CASE WHEN new.`problem_at` IS NULL THEN '' ELSE ' problem' END,
		`currency` = new.`currency`,
		`due` = replace(coalesce(new.`due_on`, ''), '-', ''),
		`number` = coalesce(new.`number`, ''),
		`buyer` = coalesce(json_extract(new.`buyer`, '$.name'), '')
	WHERE `rowid` = (SELECT `key` FROM `invoice_key` WHERE `invoice_id` = new.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `invoice_search_delete` AFTER DELETE ON `invoice` BEGIN
	DELETE FROM `invoice_search`
	WHERE `rowid` = (SELECT `key` FROM `invoice_key` WHERE `invoice_id` = old.`id`);
	DELETE FROM `invoice_key` WHERE `invoice_id` = old.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `invoice_search_rename` AFTER UPDATE OF `client`, `project` ON `portal`
WHEN new.`client` <> old.`client` OR new.`project` <> old.`project` BEGIN
	UPDATE `invoice_search` SET `client` = new.`client`, `project` = new.`project`
	WHERE `rowid` IN (
		SELECT `invoice_key`.`key` FROM `invoice` JOIN `invoice_key` ON `invoice_key`.`invoice_id` = `invoice`.`id`
		WHERE `invoice`.`portal_id` = new.`id`
	);
END;
--> statement-breakpoint
INSERT INTO `invoice_key` (`invoice_id`) SELECT `id` FROM `invoice` ORDER BY `id`;
--> statement-breakpoint
INSERT INTO `invoice_search` (`rowid`, `organization`, `portal`, `state`, `currency`, `due`, `number`, `client`, `project`, `buyer`)
SELECT
	`invoice_key`.`key`,
	replace(`invoice`.`organization_id`, '-', ''),
	replace(`invoice`.`portal_id`, '-', ''),
	`invoice`.`status`
		|| CASE WHEN `invoice`.`status` = 'open' AND `invoice`.`balance` > 0 THEN ' owed' ELSE '' END
		|| CASE WHEN `invoice`.`problem_at` IS NULL THEN '' ELSE ' problem' END,
	`invoice`.`currency`,
	replace(coalesce(`invoice`.`due_on`, ''), '-', ''),
	coalesce(`invoice`.`number`, ''),
	`portal`.`client`, `portal`.`project`,
	coalesce(json_extract(`invoice`.`buyer`, '$.name'), '')
FROM `invoice_key`
JOIN `invoice` ON `invoice`.`id` = `invoice_key`.`invoice_id`
JOIN `portal` ON `portal`.`id` = `invoice`.`portal_id`;
--> statement-breakpoint
-- What came in less what went back, by month, kept by what is kept of each day.
CREATE TRIGGER `received_month_begins` AFTER INSERT ON `received` BEGIN
	INSERT INTO `received_month` (`organization_id`, `month`, `currency`, `amount`)
	VALUES (new.`organization_id`, substr(new.`day`, 1, 7), new.`currency`, new.`amount`)
	ON CONFLICT DO UPDATE SET `amount` = `amount` + excluded.`amount`;
END;
--> statement-breakpoint
CREATE TRIGGER `received_month_moves` AFTER UPDATE OF `amount` ON `received` BEGIN
	INSERT INTO `received_month` (`organization_id`, `month`, `currency`, `amount`)
	VALUES (new.`organization_id`, substr(new.`day`, 1, 7), new.`currency`, new.`amount` - old.`amount`)
	ON CONFLICT DO UPDATE SET `amount` = `amount` + excluded.`amount`;
END;
--> statement-breakpoint
INSERT INTO `received_month` (`organization_id`, `month`, `currency`, `amount`)
SELECT `organization_id`, substr(`day`, 1, 7), `currency`, sum(`amount`) FROM `received` GROUP BY 1, 2, 3;
