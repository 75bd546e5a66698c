output "alarm_topic_arn" {
  description = "Where alarms of the region go."
  value       = aws_sns_topic.alarms.arn
}

output "logs_kms_key_arn" {
  description = "Key for log groups of the region whose names carry the environment's."
  value       = aws_kms_key.this.arn
}
