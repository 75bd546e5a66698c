output "deploy_role_arn" {
  description = "The role, for the workflow's variable AWS_ROLE_ARN."
  value       = aws_iam_role.deploy.arn
}
