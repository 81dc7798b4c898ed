-- What happened before there were topics.
UPDATE `activity` SET `topic` = CASE substr(`kind`, 1, instr(`kind`, '.') - 1)
	WHEN 'link' THEN 'links' WHEN 'email' THEN 'links'
	WHEN 'milestone' THEN 'milestones' WHEN 'approval' THEN 'milestones' WHEN 'template' THEN 'milestones'
	WHEN 'message' THEN 'messages'
	WHEN 'member' THEN 'team' WHEN 'invitation' THEN 'team' WHEN 'ownership' THEN 'team'
	WHEN 'organization' THEN 'settings' WHEN 'key' THEN 'settings'
	ELSE 'portals' END;
--> statement-breakpoint
-- An entry that goes on carries its portal's last instant along, as a new one does.
CREATE TRIGGER `activity_goes_on` AFTER UPDATE OF `at` ON `activity` WHEN new.`portal_id` IS NOT NULL BEGIN
	UPDATE `portal` SET `last_activity_at` = new.`at`
	WHERE `id` = new.`portal_id` AND `last_activity_at` < new.`at`;
END;
--> statement-breakpoint
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
