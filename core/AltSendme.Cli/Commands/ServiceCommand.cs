using System.CommandLine;
using AltSendme.Cli.Rendering;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme service run|status|stop</c>.</summary>
internal static class ServiceCommand
{
    public static Command Create()
    {
        var run = new Command("run", "Run the service here, until Ctrl-C. Normally it is started when it is needed.");
        run.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, null, "Stopped.", () => RunAsync(result, cancellationToken)));
        var status = new Command("status", "Show whether the service runs, and what it does.") { CommonOptions.Json };
        status.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, TransferViews.Json(result), "Stopped.", () => StatusAsync(result.GetValue(CommonOptions.Json), cancellationToken)));
        var stop = new Command("stop", "End the service. Its shares and receives go on when it is started again.");
        stop.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, null, "Stopped.", () => StopAsync(cancellationToken)));
        return new Command("service", "Look after the background service, which owns shares and receives that outlive the command.") { run, status, stop };
    }

    private static Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var program = ServiceStarter.DefaultProgram;
        return File.Exists(program)
            ? ChildProgram.RunAsync(program, result.GetValue(CommonOptions.Verbose) ? ["--verbose"] : [], cancellationToken)
            : throw new ServiceException(ServiceCodes.NotInstalled, $"The service is not installed: {program} does not exist. Install the whole package.");
    }

    private static async Task<int> StatusAsync(bool json, CancellationToken cancellationToken)
    {
        using var service = ServiceConnection.Default(start: false);
        var status = await service.StatusAsync(cancellationToken);
        if (json)
        {
            JsonOutput.Write(status, ContractJson.Default.ServiceStatus);
            return ExitCodes.Done;
        }

        Console.WriteLine($"The service runs (process {status.ProcessId}, version {status.Version}, since {status.Started.ToLocalTime():g}).");
        Console.WriteLine($"shares    {status.Shares}");
        Console.WriteLine($"receives  {status.Receives} running or waiting, {status.Offered} to be resumed");
        Console.WriteLine(status.IdleExitSeconds is { } seconds ? $"ends      after {DurationText.Of(TimeSpan.FromSeconds(seconds))} with nothing to do" : "ends      when it is stopped");
        if (status.SettingsFault is { } fault)
            Console.WriteLine($"settings  {SafeText.Of(fault)} The last good ones are in force.");
        return ExitCodes.Done;
    }

    private static async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using var service = ServiceConnection.Default(start: false);
        try
        {
            await service.StopServiceAsync(cancellationToken);
        }
        catch (ServiceException exception) when (exception.Code == ServiceCodes.NotRunning)
        {
            Console.WriteLine("The service is not running.");
        }

        return ExitCodes.Done;
    }
}
