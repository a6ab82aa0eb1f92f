using Tributary.Bench.Commands;

return await BenchCommands.Root().Parse(args).InvokeAsync();
