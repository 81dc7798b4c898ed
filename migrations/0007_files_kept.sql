-- What an organisation's files take: an upload from its first byte on, then the version it became.
CREATE TRIGGER `upload_reserves` AFTER INSERT ON `upload` WHEN new.`state` IN ('receiving', 'completing') BEGIN
	UPDATE `organization` SET `storage` = `storage` + new.`size` WHERE `id` = new.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `upload_ends` AFTER UPDATE OF `state` ON `upload`
WHEN old.`state` IN ('receiving', 'completing') AND new.`state` NOT IN ('receiving', 'completing') BEGIN
	UPDATE `organization` SET `storage` = `storage` - old.`size` WHERE `id` = old.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `upload_deleted` AFTER DELETE ON `upload` WHEN old.`state` IN ('receiving', 'completing') BEGIN
	UPDATE `organization` SET `storage` = `storage` - old.`size` WHERE `id` = old.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `file_version_takes` AFTER INSERT ON `file_version` BEGIN
	UPDATE `organization` SET `storage` = `storage` + new.`size` WHERE `id` = new.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `file_version_deleted` AFTER DELETE ON `file_version` BEGIN
	UPDATE `organization` SET `storage` = `storage` - old.`size` WHERE `id` = old.`organization_id`;
END;
--> statement-breakpoint
-- How many files a portal has, and how large they are, stands above every list of them.
CREATE TRIGGER `file_counts` AFTER INSERT ON `file` WHEN new.`deleted_at` IS NULL BEGIN
	UPDATE `portal` SET `files` = `files` + 1, `files_size` = `files_size` + new.`size`
	WHERE `id` = new.`portal_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `file_changes_counts` AFTER UPDATE OF `size`, `deleted_at` ON `file` BEGIN
	UPDATE `portal` SET
		`files` = `files` + (new.`deleted_at` IS NULL) - (old.`deleted_at` IS NULL),
		`files_size` = `files_size`
			+ CASE WHEN new.`deleted_at` IS NULL THEN new.`size` ELSE 0 END
			- CASE WHEN old.`deleted_at` IS NULL THEN old.`size` ELSE 0 END
	WHERE `id` = new.`portal_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `file_deleted_counts` AFTER DELETE ON `file` WHEN old.`deleted_at` IS NULL BEGIN
	UPDATE `portal` SET `files` = `files` - 1, `files_size` = `files_size` - old.`size`
	WHERE `id` = old.`portal_id`;
END;
