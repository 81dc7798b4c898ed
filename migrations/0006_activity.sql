DROP INDEX `activity_client`;--> statement-breakpoint
DROP INDEX `activity_by_kind`;--> statement-breakpoint
ALTER TABLE `activity` ADD `topic` text DEFAULT 'portals' NOT NULL;--> statement-breakpoint
UPDATE `activity` SET `topic` = CASE substr(`kind`, 1, instr(`kind`, '.') - 1)
	WHEN 'link' THEN 'links' WHEN 'email' THEN 'links'
	WHEN 'milestone' THEN 'milestones' WHEN 'approval' THEN 'milestones' WHEN 'template' THEN 'milestones'
	WHEN 'message' THEN 'messages'
	WHEN 'member' THEN 'team' WHEN 'invitation' THEN 'team' WHEN 'ownership' THEN 'team'
	WHEN 'organization' THEN 'settings' WHEN 'key' THEN 'settings'
	ELSE 'portals' END;
--> statement-breakpoint
CREATE INDEX `activity_topic` ON `activity` (`organization_id`,`topic`,`id`);--> statement-breakpoint
CREATE INDEX `activity_person` ON `activity` (`organization_id`,`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `activity_topic_person` ON `activity` (`organization_id`,`topic`,`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `activity_portal_topic` ON `activity` (`portal_id`,`topic`,`id`);--> statement-breakpoint
CREATE INDEX `activity_portal_person` ON `activity` (`portal_id`,`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `activity_portal_topic_person` ON `activity` (`portal_id`,`topic`,`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `activity_news` ON `activity` (`portal_id`,`at`) WHERE "activity"."client" = 1 and "activity"."topic" <> 'messages';
--> statement-breakpoint
-- An entry that goes on carries its portal's last instant along, as a new one does.
CREATE TRIGGER `activity_goes_on` AFTER UPDATE OF `at` ON `activity` WHEN new.`portal_id` IS NOT NULL BEGIN
	UPDATE `portal` SET `last_activity_at` = new.`at`
	WHERE `id` = new.`portal_id` AND `last_activity_at` < new.`at`;
END;
