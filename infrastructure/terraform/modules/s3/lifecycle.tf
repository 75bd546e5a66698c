# How long things stay. Versioned buckets also clear what was overwritten or deleted, and uploads that never ended.

locals {
  lifecycle = {
    documents = { archive = var.archive_after_days, expire = 0, old = 30 }
    exports   = { archive = 0, expire = var.export_expiry_days, old = 1 }
    fonts     = { archive = 0, expire = 0, old = 90 }
    assets    = { archive = 0, expire = 0, old = 90 }
    backups   = { archive = 30, expire = 365, old = 30 }
    logs      = { archive = 30, expire = 365, old = 1 }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  for_each = local.lifecycle

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    id     = "unfinished-uploads"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 2
    }
  }

  rule {
    id     = "old-versions"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = each.value.old
    }
    expiration {
      expired_object_delete_marker = each.value.expire == 0 ? true : null
      days                         = each.value.expire == 0 ? null : each.value.expire
    }
  }

  dynamic "rule" {
    for_each = each.value.archive > 0 ? [each.value.archive] : []
    content {
      id     = "archive"
      status = "Enabled"
      filter {}
      transition {
        days          = rule.value
        storage_class = "GLACIER_IR"
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
