-- How many portals of an organisation have unread messages stands on every page of its dashboard.
CREATE TRIGGER `portal_unread_counts` AFTER UPDATE OF `unread`, `archived_at` ON `portal`
WHEN (old.`unread` > 0 AND old.`archived_at` IS NULL) <> (new.`unread` > 0 AND new.`archived_at` IS NULL) BEGIN
	UPDATE `organization` SET
		`unread_portals` = `unread_portals` + CASE WHEN new.`unread` > 0 AND new.`archived_at` IS NULL THEN 1 ELSE -1 END
	WHERE `id` = new.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `portal_unread_deleted` AFTER DELETE ON `portal`
WHEN old.`unread` > 0 AND old.`archived_at` IS NULL BEGIN
	UPDATE `organization` SET `unread_portals` = `unread_portals` - 1 WHERE `id` = old.`organization_id`;
END;
