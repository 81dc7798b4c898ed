-- Full-text search over portals. Its rowid is the portal's key, and the organisation and the state are
-- words to match, so that a search reads nothing of another tenant. Triggers keep it, and with it the
-- instant a portal was last active, in the batch of whatever changes them.
CREATE VIRTUAL TABLE `portal_search` USING fts5(
	`organization`, `state`, `project`, `client`, `contacts`,
	tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
--> statement-breakpoint
CREATE TRIGGER `portal_search_insert` AFTER INSERT ON `portal` BEGIN
	INSERT INTO `portal_search` (`rowid`, `organization`, `state`, `project`, `client`, `contacts`)
	VALUES (
		new.`key`,
		replace(new.`organization_id`, '-', ''),
		CASE WHEN new.`archived_at` IS NULL THEN 'active' ELSE 'archived' END,
		new.`project`, new.`client`, ''
	);
END;
--> statement-breakpoint
CREATE TRIGGER `portal_search_update` AFTER UPDATE OF `project`, `client`, `archived_at` ON `portal` BEGIN
	UPDATE `portal_search` SET
		`state` = CASE WHEN new.`archived_at` IS NULL THEN 'active' ELSE 'archived' END,
		`project` = new.`project`,
		`client` = new.`client`
	WHERE `rowid` = new.`key`;
END;
--> statement-breakpoint
CREATE TRIGGER `portal_search_delete` AFTER DELETE ON `portal` BEGIN
	DELETE FROM `portal_search` WHERE `rowid` = old.`key`;
END;
--> statement-breakpoint
CREATE TRIGGER `contact_search_insert` AFTER INSERT ON `contact` BEGIN
	UPDATE `portal_search` SET `contacts` = `contacts` || ' ' || new.`name` || ' ' || new.`email`
	WHERE `rowid` = (SELECT `key` FROM `portal` WHERE `id` = new.`portal_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `contact_search_update` AFTER UPDATE OF `name`, `email` ON `contact` BEGIN
	UPDATE `portal_search` SET `contacts` = (
		SELECT coalesce(group_concat(`name` || ' ' || `email`, ' '), '') FROM `contact` WHERE `portal_id` = new.`portal_id`
	) WHERE `rowid` = (SELECT `key` FROM `portal` WHERE `id` = new.`portal_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `contact_search_delete` AFTER DELETE ON `contact` BEGIN
	UPDATE `portal_search` SET `contacts` = (
		SELECT coalesce(group_concat(`name` || ' ' || `email`, ' '), '') FROM `contact` WHERE `portal_id` = old.`portal_id`
	) WHERE `rowid` = (SELECT `key` FROM `portal` WHERE `id` = old.`portal_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `activity_moves_portal` AFTER INSERT ON `activity` WHEN new.`portal_id` IS NOT NULL BEGIN
	UPDATE `portal` SET `last_activity_at` = new.`at`
	WHERE `id` = new.`portal_id` AND `last_activity_at` < new.`at`;
END;
--> statement-breakpoint
INSERT INTO `portal_search` (`rowid`, `organization`, `state`, `project`, `client`, `contacts`)
SELECT
	`key`,
	replace(`organization_id`, '-', ''),
	CASE WHEN `archived_at` IS NULL THEN 'active' ELSE 'archived' END,
	`project`, `client`,
	(SELECT coalesce(group_concat(`name` || ' ' || `email`, ' '), '') FROM `contact` WHERE `portal_id` = `portal`.`id`)
FROM `portal`;
--> statement-breakpoint
UPDATE `portal` SET `last_activity_at` = coalesce(
	(SELECT max(`at`) FROM `activity` WHERE `portal_id` = `portal`.`id`), `created_at`
);
