"""Work tasks (工作任务): what is to be done about a finding, by whom, until when, how one knows."""
