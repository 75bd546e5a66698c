output "cluster_name" {
  description = "The cluster, for `aws eks update-kubeconfig`."
  value       = aws_eks_cluster.this.name
}

output "cluster_arn" {
  description = "The cluster's ARN."
  value       = aws_eks_cluster.this.arn
}

output "cluster_endpoint" {
  description = "The Kubernetes API server."
  value       = aws_eks_cluster.this.endpoint
}

output "oidc_provider_arn" {
  description = "The cluster's identity provider."
  value       = aws_iam_openid_connect_provider.cluster.arn
}

output "node_security_group_id" {
  description = "The security group of every node and pod: databases admit it and nothing else."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}

output "node_role_name" {
  description = "The role of nodes, for Karpenter's node class."
  value       = aws_iam_role.node.name
}

output "interruption_queue" {
  description = "The queue Karpenter listens to."
  value       = aws_sqs_queue.interruption.name
}
