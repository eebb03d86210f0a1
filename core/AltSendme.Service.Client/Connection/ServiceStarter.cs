using System.ComponentModel;
using System.Diagnostics;

namespace AltSendme.Service.Client.Connection;

/// <summary>
/// Finds the running service, or starts one. Any number of programs may do so at once: of the services that they start one takes the lock, the others end without a word, and all programs find
/// the first.
/// </summary>
/// <param name="place">Where the service is.</param>
/// <param name="program">The service's program; <see langword="null"/> not to start it.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ServiceStarter(ServicePlace place, string? program, TimeProvider timeProvider)
{
    /// <summary>Tells the service that it was started by a program that will not wait for it.</summary>
    public const string DetachedArgument = "--detached";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Where the service's program is in this installation.</summary>
    public static string DefaultProgram => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "altsendme-service.exe" : "altsendme-service");

    /// <summary>Connects, after starting the service when it is not there.</summary>
    /// <exception cref="ServiceException">It is not there and can't or must not be started.</exception>
    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        if (await ServiceDialer.TryDialAsync(place.CurrentAddress(), cancellationToken) is { } running)
            return running;
        if (program is null)
            throw new ServiceException(ServiceCodes.NotRunning, "The service is not running. 'altsendme send --background' starts it when it is needed, 'altsendme service run' by hand.");
        if (!File.Exists(program))
            throw new ServiceException(ServiceCodes.NotInstalled, $"The service is not installed: {program} does not exist. Install the whole package.");
        return await StartAsync(program, cancellationToken);
    }

    private async Task<Stream> StartAsync(string path, CancellationToken cancellationToken)
    {
        using var process = Start(path);
        process.StandardInput.Close();
        process.StandardOutput.Close();
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var started = timeProvider.GetTimestamp();
        while (true)
        {
            // Looked at before dialling: one that ended because another one runs leaves that one to be found.
            var exitCode = process.HasExited ? process.ExitCode : 0;
            if (await ServiceDialer.TryDialAsync(place.CurrentAddress(), cancellationToken) is { } stream)
                return stream;
            if (exitCode != 0)
                throw new ServiceException(ServiceCodes.Failed, $"The service could not start. {Words(await error)}");
            if (timeProvider.GetElapsedTime(started) > StartLimit)
                throw new ServiceException(ServiceCodes.Failed, $"The service did not answer within {StartLimit.TotalSeconds:0} seconds; {place.LogFile} may say why.");
            await Task.Delay(Pause, timeProvider, cancellationToken);
        }
    }

    private static Process Start(string path)
    {
        try
        {
            // Nothing of ours may stay open in a process that outlives us: whoever reads our output would wait for it.
            return Process.Start(new ProcessStartInfo(path, [DetachedArgument]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true })
                ?? throw new ServiceException(ServiceCodes.Failed, $"{path} can't be started.");
        }
        catch (Win32Exception exception)
        {
            throw new ServiceException(ServiceCodes.Failed, $"{path} can't be started: {exception.Message}", exception);
        }
    }

    private static string Words(string error) => error.Contains("Microsoft.AspNetCore.App", StringComparison.Ordinal)
        ? "It needs the ASP.NET Core 10 runtime, which is not installed (package aspnetcore-runtime-10.0)."
        : error.Trim() is { Length: > 0 } words ? words.ReplaceLineEndings(" ") : "It said nothing; 'altsendme service run' may show more.";
}
