using AltSendme.Service.Client.Contract;
using AltSendme.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace AltSendme.Service.Api;

/// <summary>The routes of the interface, version 1 (docs/service.md, docs/service.openapi.json).</summary>
internal static class ServiceApi
{
    /// <summary>All of them, for programs of the same user.</summary>
    public static void MapServiceApi(this IEndpointRouteBuilder application)
    {
        var routes = application.MapGroup("/v1");
        routes.MapPost("/stop", Stop).WithName("StopService").WithSummary("Ends the service. Shares and receives go on when it is started again.").WithTags("service");
        routes.MapWindows();
        routes.MapTransfers();
    }

    /// <summary>Those that a window has, too: everything but the service's own life and other windows.</summary>
    public static void MapTransfers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/status", (ServiceState state) => TypedResults.Ok(state.Status)).WithName("GetStatus").WithSummary("How the service is.").WithTags("service");
        routes.MapGet("/settings", (LiveCore core) => TypedResults.Ok(SettingsReport.Settings(core.Current))).WithName("GetSettings").WithSummary("All settings in force, with who set each.").WithTags("service");
        routes.MapGet("/policy", (LiveCore core) => TypedResults.Ok(SettingsReport.Policy(core.Current.Policy))).WithName("GetPolicy").WithSummary("What the administrator set.").WithTags("service");
        routes.MapShares();
        routes.MapReceives();
        routes.MapEvents();
    }

    /// <summary>Every route may answer with an error.</summary>
    public static RouteHandlerBuilder OrErrors(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            route.Produces<ErrorView>(status);
        return route;
    }

    private static Accepted Stop(IHostApplicationLifetime lifetime)
    {
        lifetime.StopApplication();
        return TypedResults.Accepted((string?)null);
    }
}
