using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using Microsoft.AspNetCore.Http;

namespace AltSendme.Service.Api;

/// <summary>The HTTP status of each error.</summary>
internal static class ErrorStatus
{
    public static int Of(ErrorView error) => error.Code switch
    {
        ServiceCodes.NotFound => StatusCodes.Status404NotFound,
        ServiceCodes.Conflict => StatusCodes.Status409Conflict,
        ServiceCodes.NoSession => StatusCodes.Status401Unauthorized,
        ServiceCodes.Foreign => StatusCodes.Status403Forbidden,
        ServiceCodes.TooLong => StatusCodes.Status422UnprocessableEntity,
        ServiceCodes.Busy => StatusCodes.Status429TooManyRequests,
        _ => error.Kind switch
        {
            ErrorKind.Request => StatusCodes.Status400BadRequest,
            ErrorKind.Policy => StatusCodes.Status403Forbidden,
            ErrorKind.Unexpected => StatusCodes.Status500InternalServerError,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
    };
}
