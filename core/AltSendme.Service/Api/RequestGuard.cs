using System.Text.Json;
using AltSendme.Abstractions;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AltSendme.Service.Api;

/// <summary>What every request passes: it keeps the service awake, and the one place where an exception becomes an answer.</summary>
internal static partial class RequestGuard
{
    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var idle = context.RequestServices.GetRequiredService<IdleExit>();
        idle.Enter();
        try
        {
            // Answers hold tickets and names.
            context.Response.Headers.CacheControl = "no-store";
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer.
        }
        catch (AltSendmeException exception)
        {
            await AnswerAsync(context, exception.ToView());
        }
        catch (Exception exception) when (exception is BadHttpRequestException or JsonException)
        {
            await AnswerAsync(context, new ErrorView(ServiceCodes.BadRequest, $"The request can't be used: {exception.Message}", ErrorKind.Request));
        }
        catch (Exception exception)
        {
            LogFault(context.RequestServices.GetRequiredService<ILogger<ServiceHost>>(), context.Request.Method, exception);
            await AnswerAsync(context, new ErrorView("unexpected", $"Unexpected: {exception.Message} This is a fault in the program; please report it.", ErrorKind.Unexpected));
        }
        finally
        {
            idle.Leave();
        }
    }

    private static async Task AnswerAsync(HttpContext context, ErrorView error)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = ErrorStatus.Of(error);
        await context.Response.WriteAsJsonAsync(error, ContractJson.Default.ErrorView, "application/json", context.RequestAborted);
    }

    [LoggerMessage(7001, LogLevel.Error, "A {Method} request failed by a fault in the program")]
    private static partial void LogFault(ILogger logger, string method, Exception exception);
}
