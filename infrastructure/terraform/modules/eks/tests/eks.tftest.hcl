mock_provider "aws" {
  mock_resource "aws_eks_cluster" {
    defaults = {
      identity = [{ oidc = [{ issuer = "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF" }] }]
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/mock" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:us-east-1:123456789012:mock" }
  }
  mock_resource "aws_eks_node_group" {
    defaults = { resources = [{ autoscaling_groups = [{ name = "mock-group" }], remote_access_security_group_id = "" }] }
  }
  mock_resource "aws_launch_template" {
    defaults = { id = "lt-0123456789abcdef0", latest_version = 1 }
  }
  mock_data "aws_eks_addon_version" {
    defaults = { version = "v1.0.0-eksbuild.1" }
  }
}

variables {
  name         = "ode-test"
  account_id   = "123456789012"
  region       = "us-east-1"
  subnet_ids   = ["subnet-a", "subnet-b", "subnet-c"]
  worker_nodes = { min = 2, desired = 3, max = 10 }
  access = {
    admin     = { principal_arn = "arn:aws:iam::123456789012:role/admin", policy = "AmazonEKSClusterAdminPolicy" }
    developer = { principal_arn = "arn:aws:iam::123456789012:role/developer", policy = "AmazonEKSViewPolicy", namespaces = ["ode"], groups = ["ode:developers"] }
  }
}

run "control_plane" {
  command = apply

  assert {
    condition     = toset(aws_eks_cluster.this.enabled_cluster_log_types) == toset(["api", "audit", "authenticator", "controllerManager", "scheduler"])
    error_message = "every control-plane log is kept"
  }
  assert {
    condition     = aws_cloudwatch_log_group.control_plane.kms_key_id == aws_kms_key.cluster.arn && aws_cloudwatch_log_group.control_plane.retention_in_days == 90
    error_message = "control-plane logs are encrypted and forgotten in time"
  }
  assert {
    condition     = one(aws_eks_cluster.this.encryption_config[0].resources) == "secrets" && aws_eks_cluster.this.encryption_config[0].provider[0].key_arn == aws_kms_key.cluster.arn && aws_kms_key.cluster.enable_key_rotation
    error_message = "Kubernetes secrets are under our key, which rotates"
  }
  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "by default the API server is private"
  }
  assert {
    condition     = aws_eks_cluster.this.access_config[0].authentication_mode == "API" && !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions
    error_message = "access is by entries alone"
  }
  assert {
    condition     = aws_eks_cluster.this.upgrade_policy[0].support_type == "STANDARD" && aws_eks_cluster.this.version == "1.36"
    error_message = "the version is in standard support"
  }
  assert {
    condition     = aws_eks_cluster.this.deletion_protection
    error_message = "deletion is refused unless said otherwise"
  }
}

run "nodes" {
  command = apply

  assert {
    condition     = alltrue([for t in aws_launch_template.node : t.metadata_options[0].http_tokens == "required" && t.metadata_options[0].http_put_response_hop_limit == 1])
    error_message = "IMDSv2 with one hop, on every node"
  }
  assert {
    condition     = alltrue([for t in aws_launch_template.node : tobool(t.block_device_mappings[0].ebs[0].encrypted)])
    error_message = "disks are encrypted"
  }
  assert {
    condition     = one(aws_eks_node_group.system.taint).key == "CriticalAddonsOnly" && one(aws_eks_node_group.system.taint).effect == "NO_SCHEDULE"
    error_message = "the system pool is for add-ons only"
  }
  assert {
    condition     = aws_eks_node_group.system.scaling_config[0].min_size == 2 && one(aws_eks_node_group.system.instance_types) == "t3.medium"
    error_message = "two t3.medium for the add-ons"
  }
  assert {
    condition     = aws_eks_node_group.worker.scaling_config[0].min_size == 2 && aws_eks_node_group.worker.scaling_config[0].desired_size == 3 && aws_eks_node_group.worker.scaling_config[0].max_size == 10
    error_message = "three workers, two to ten"
  }
  assert {
    condition     = length(aws_autoscaling_schedule.worker) == 0
    error_message = "by default nothing sleeps"
  }
  assert {
    condition     = one(aws_eks_node_group.worker.instance_types) == "c6i.xlarge"
    error_message = "workers are compute optimised"
  }
  assert {
    condition     = aws_eks_node_group.system.launch_template[0].id == aws_launch_template.node["system"].id && aws_eks_node_group.worker.launch_template[0].id == aws_launch_template.node["worker"].id
    error_message = "both groups use the hardened templates"
  }
}

run "addons" {
  command = apply

  assert {
    condition     = toset(concat(keys(aws_eks_addon.before_nodes), keys(aws_eks_addon.after_nodes))) == toset(["coredns", "kube-proxy", "vpc-cni", "aws-ebs-csi-driver", "eks-pod-identity-agent", "metrics-server"])
    error_message = "the add-ons are these six"
  }
  assert {
    condition     = jsondecode(aws_eks_addon.before_nodes["vpc-cni"].configuration_values).enableNetworkPolicy == "true" && jsondecode(aws_eks_addon.before_nodes["vpc-cni"].configuration_values).env.ENABLE_PREFIX_DELEGATION == "true"
    error_message = "network policies are enforced, addresses are delegated by prefix"
  }
  assert {
    condition     = alltrue([for name in ["coredns", "metrics-server"] : jsondecode(aws_eks_addon.after_nodes[name].configuration_values).tolerations[0].key == "CriticalAddonsOnly"])
    error_message = "add-ons tolerate the system pool's taint"
  }
}

run "people" {
  command = apply

  assert {
    condition     = aws_eks_access_policy_association.this["developer"].access_scope[0].type == "namespace" && aws_eks_access_policy_association.this["developer"].access_scope[0].namespaces == toset(["ode"])
    error_message = "a developer's access ends at the namespace"
  }
  assert {
    condition     = aws_eks_access_policy_association.this["admin"].access_scope[0].type == "cluster"
    error_message = "an administrator has the cluster"
  }
}

run "karpenter" {
  command = apply

  assert {
    condition     = toset(keys(aws_cloudwatch_event_rule.interruption)) == toset(["health", "spot", "rebalance", "state"]) && alltrue([for t in aws_cloudwatch_event_target.interruption : t.arn == aws_sqs_queue.interruption.arn])
    error_message = "all four kinds of interruption reach the queue"
  }
  assert {
    condition     = aws_sqs_queue.interruption.sqs_managed_sse_enabled && strcontains(aws_sqs_queue_policy.interruption.policy, "aws:SecureTransport")
    error_message = "the queue is encrypted and speaks TLS only"
  }
  assert {
    condition = alltrue([
      for s in jsondecode(aws_iam_role_policy.karpenter.policy).Statement :
      s.Resource != "*" || alltrue([for a in flatten([s.Action]) : strcontains(a, ":Describe") || strcontains(a, ":Get")])
    ])
    error_message = "what is allowed on everything only looks"
  }
  assert {
    condition = alltrue([
      for s in jsondecode(aws_iam_role_policy.karpenter.policy).Statement :
      can(s.Condition.StringEquals["aws:ResourceTag/kubernetes.io/cluster/ode-test"]) if contains(["EndOwn", "LaunchFromOwnTemplates", "UseOwnProfiles", "TagOwnInstances"], s.Sid)
    ])
    error_message = "Karpenter ends and changes only what belongs to this cluster"
  }
}

run "sleeps_at_night" {
  command = apply
  variables {
    night = { nodes = 1 }
  }
  assert {
    condition     = aws_autoscaling_schedule.worker["evening"].desired_capacity == 1 && aws_autoscaling_schedule.worker["morning"].desired_capacity == 3 && aws_autoscaling_schedule.worker["morning"].min_size == 2
    error_message = "one node at night, three by day"
  }
}

run "public_access_is_limited" {
  command = plan
  variables {
    public_access_cidrs = ["198.51.100.0/24"]
  }
  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_public_access && one(aws_eks_cluster.this.vpc_config[0].public_access_cidrs) == "198.51.100.0/24"
    error_message = "only the named networks reach the API server"
  }
}

run "refuses" {
  command = plan
  variables {
    name                = "x"
    account_id          = "1"
    kubernetes_version  = "1.29"
    subnet_ids          = ["subnet-a"]
    public_access_cidrs = ["0.0.0.0/0"]
    system_nodes        = { count = 1 }
    worker_nodes        = { min = 5, desired = 3, max = 10 }
    access              = { a = { principal_arn = "admin", policy = "AmazonEKSClusterAdminPolicy", namespaces = ["ode"] } }
  }
  expect_failures = [var.name, var.account_id, var.kubernetes_version, var.subnet_ids, var.public_access_cidrs, var.system_nodes, var.worker_nodes, var.access]
}
