# Environments that sleep: fewer workload nodes from evening to morning and at weekends (UTC). Karpenter's own nodes go by themselves.

variable "night" {
  description = "Workload nodes at night, or null for environments that never sleep."
  type = object({
    nodes = number
    from  = optional(string, "0 20 * * 1-5")
    until = optional(string, "0 6 * * 1-5")
  })
  default = null
}

locals {
  sleeps = var.night == null ? {} : {
    evening = { recurrence = var.night.from, min = var.night.nodes, desired = var.night.nodes }
    morning = { recurrence = var.night.until, min = var.worker_nodes.min, desired = var.worker_nodes.desired }
  }
}

resource "aws_autoscaling_schedule" "worker" {
  for_each = local.sleeps

  autoscaling_group_name = aws_eks_node_group.worker.resources[0].autoscaling_groups[0].name
  scheduled_action_name  = "${var.name}-${each.key}"
  recurrence             = each.value.recurrence
  min_size               = each.value.min
  desired_capacity       = each.value.desired
  max_size               = var.worker_nodes.max
}
